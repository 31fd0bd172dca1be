export { NO_ARGUMENTS, NOTHING_NAMED, type Arguments } from './arguments.js';
export { PyBytes } from './bytes.js';
export { bind, Callable, NativeFunction, parameterName, refuseNamed, type Parameter } from './callable.js';
export { charactersOf } from './code-points.js';
export { JinjaError, typeError, valueError, type JinjaErrorKind } from './errors.js';
export { itemsOf, iterableOf, iterate, lazily, lengthOf, sizeOf, toList } from './iterate.js';
export { capitalize, foldCase, isLowerCase, isTitleCase, isUpperCase, swapCase, titleWords } from './letter-case.js';
export { LazySequence } from './lazy-sequence.js';
export { Loop, type LoopRecursion } from './loop.js';
export { Macro, type MacroArguments, type MacroDefinition } from './macro.js';
export { escapeText, escapeValue, likeText, Markup, softText, textOf } from './markup.js';
export {
  add,
  ARITHMETIC,
  concatenate,
  contains,
  isEqual,
  negate,
  numberOf,
  order,
  positive,
  type BinaryFunction,
} from './operators.js';
export { Namespace } from './namespace.js';
export { PyRange } from './range.js';
export { NeedsCopy, Run, type Registry } from './run.js';
export { indexOf, resolveSlice, sliceOf, subscript, type Slice } from './sequences.js';
export { checkHashable } from './hashing.js';
export { SoftUndefined, Undefined, undefinedMember, undefinedName, unsafeMember } from './undefined.js';
