import { typeName, type Value } from '../../values/index.js';
import {
  sliceOf,
  subscript,
  textOf,
  typeError,
  Undefined,
  undefinedMember,
  unsafeMember,
  type Slice,
} from '../runtime/index.js';
import { attributeOf, isHidden } from './attributes.js';

/** `object.name`: the attribute, else the item, else an undefined value. */
export function getAttribute(object: Value, name: string): Value {
  const attribute = attributeOf(object, name);
  if (attribute !== undefined) return name.startsWith('_') ? unsafeMember(object, name) : attribute;
  if (isHidden(name)) return unsafeMember(object, name);
  const item = subscript(object, name);
  return item === undefined ? undefinedMember(object, name) : item;
}

/** The quick way to an item of a plain object; `undefined` for everything else. */
export function plainItem(object: Value, name: string): Value | undefined {
  if (typeof object !== 'object' || object === null || Object.getPrototypeOf(object) !== Object.prototype)
    return undefined;
  return Object.hasOwn(object, name) ? (object as { readonly [key: string]: Value })[name] : undefined;
}

/** `object[key]`: the item, else the attribute, else an undefined value. */
export function getItem(object: Value, key: Value): Value {
  const item = subscript(object, key);
  if (item !== undefined) return item;
  if (object instanceof Undefined) return object.fail();
  const name = textOf(key);
  if (name === undefined) return undefinedMember(object, key);
  const attribute = attributeOf(object, name);
  if (attribute !== undefined) return name.startsWith('_') ? unsafeMember(object, name) : attribute;
  return isHidden(name) ? unsafeMember(object, name) : undefinedMember(object, name);
}

/** `object[start:stop:step]`. @throws {PyError} TypeError for what can't be sliced, which unlike a missing item is an error at once */
export function getSlice(object: Value, slice: Slice): Value {
  if (object instanceof Undefined) return object.fail();
  const part = sliceOf(object, slice);
  if (part === undefined) throw typeError(`'${typeName(object)}' object is not subscriptable`);
  return part;
}
