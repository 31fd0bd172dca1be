export { jsonEquals as equals, floatRepr, hashKey, strictHashKey, toFloat } from '../../shared/index.js';
export { Budget } from './budget.js';
export { compare, type Ordered } from './compare.js';
export {
  DateTime,
  offsetText,
  parseDateTime,
  strftime,
  strptime,
  TimeSpan,
  type CivilParts,
  type TimeSpanParts,
} from './datetime/index.js';
export { DictView } from './dict-view.js';
export {
  absolute,
  add,
  bitLength,
  checkBits,
  floorDivide,
  intOfDouble,
  modulo,
  multiply,
  negate,
  normalInt,
  subtract,
  toDouble,
  trueDivide,
} from './numbers.js';
export { PyIterator } from './py-iterator.js';
export { pyRepr, pyStr, reprText, type ReprOptions } from './py-repr.js';
export { PySet } from './py-set.js';
export { PyTuple } from './py-tuple.js';
export { truthy } from './truth.js';
export { isFloat, isInt, isIterable, isNumber, typeName } from './type-name.js';
export type { PyNumber, Value, ValueObject } from './types.js';
export { modularPower, power } from './power.js';
export { ratioOf, roundedQuotient, type Ratio } from './ratio.js';
export {
  ASCII,
  DOTALL,
  escapeRegex,
  IGNORECASE,
  MULTILINE,
  PyRegex,
  RegexError,
  RegexMatch,
  VERBOSE,
} from './regex/index.js';
export { round, roundDirected, roundDouble, roundToInt, scaledInt, truncate } from './rounding.js';
export { digitValue, parseFloat, parseInt } from './number-text.js';
export { codePoints, isDigit, isFlat, isSpace, isWord, PY_SPACE } from './characters.js';
export {
  boundIn,
  formatTemplate,
  formatValue,
  padText,
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
  type Formattable,
  type Side,
} from './text/index.js';
export { asciiRepr } from './py-ascii.js';
