export { jsonEquals as equals, hashKey, toFloat } from '../../shared/index.js';
export { Budget } from './budget.js';
export { compare } from './compare.js';
export { DateTime, parseDateTime, strftime, strptime, TimeSpan, type CivilParts } from './datetime/index.js';
export { DictView } from './dict-view.js';
export { sizeOfDict } from './dict-size.js';
export {
  absolute,
  add,
  bitLength,
  checkBits,
  floorDivide,
  intCost,
  modulo,
  multiply,
  negate,
  normalInt,
  subtract,
  toDouble,
  trueDivide,
} from './numbers.js';
export { PyIterator } from './py-iterator.js';
export { pyRepr, pyStr, reprText } from './py-repr.js';
export { PySet } from './py-set.js';
export { PyTuple } from './py-tuple.js';
export { truthy } from './truth.js';
export { isFloat, isInt, isIterable, isNumber, typeName } from './type-name.js';
export type { PyNumber, Value, ValueObject } from './types.js';
export { modularPower, power } from './power.js';
export { MAX_NESTING, touch, weigh, weighBoth, type Composite } from './weigh.js';
export { ratioOf } from './ratio.js';
export { DOTALL, escapeRegex, IGNORECASE, MULTILINE, PyRegex, RegexMatch } from './regex/index.js';
export { round, roundDirected, roundToInt, truncate } from './rounding.js';
export { digitValue, parseFloat, parseInt } from './number-text.js';
export { isFlat, PY_SPACE } from './characters.js';
export {
  boundIn,
  formatTemplate,
  formatValue,
  percentFormat,
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
  type FieldSource,
  type Side,
} from './text/index.js';
