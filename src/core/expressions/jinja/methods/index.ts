export { getAttribute, getItem, getSlice, plainItem } from './access.js';
export { attributeOf, isDictMethod, isHidden, type WithAttributes } from './attributes.js';
export { makeDict, type ValueDict } from './dicts.js';
export { pairOf, sortBy } from './lists.js';
export { intArgument, textArgument } from './arguments.js';
export { centerText } from './text-change.js';
export { formatPercent, remainder } from './text-format.js';
