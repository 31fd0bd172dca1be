export { mergeDicts } from './deep-merge.js';
export { findDelimited, firstDelimited, type Delimited } from './delimited.js';
export {
  dictEntries,
  dictGet,
  dictHas,
  dictKeys,
  dictSize,
  dictValues,
  isDict,
  isIndexLike,
  isPlainObject,
  toDict,
  type Dict,
} from './dict.js';
export { jsonEquals } from './equality.js';
export { compileSchemas, type ValuesCheck } from './json-schema.js';
export {
  ConflictError,
  ForbiddenError,
  InputError,
  MistralError,
  NotFoundError,
  StateError,
  UnhashableError,
} from './errors.js';
export { floatRepr, toFloat } from './float-text.js';
export { compositeKey, hashItems, hashKey, hashText, isMutable, markMutable, strictHashKey } from './hash.js';
export { parseJson } from './json-parser.js';
export { JsonReading, JsonSyntaxError } from './json-reading.js';
export { quoteJson } from './json-strings.js';
export { compareCodePoints, storedJson, stringifyJson, type JsonWriteOptions } from './json-writer.js';
export { PyDict, type Json, type JsonObject } from './py-dict.js';
export { PyFloat } from './py-float.js';
export { PyObject, type HashKey, type Renderer } from './py-object.js';
export { MANY_ITEMS, rememberedText } from './remembered-texts.js';
export { pythonRepr } from './python-repr.js';
export * from './yaml/index.js';
