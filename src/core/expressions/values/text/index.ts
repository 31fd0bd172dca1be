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
