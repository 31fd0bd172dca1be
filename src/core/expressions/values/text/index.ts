export {
  boundIn,
  repeatText,
  replaceText,
  rightSplitText,
  splitLines,
  splitText,
  stripText,
  textIndexOf,
  textLastIndexOf,
  textLength,
  textSlice,
  type Side,
} from './text.js';
export { formatValue } from './format-value.js';
export { percentFormat } from './percent-format.js';
export { formatTemplate, type FieldSource } from './str-format.js';
