import { isDict, PyObject } from '../../../shared/index.js';
import { CalendarDate } from '../../calendar-date.js';
import { DateTime, DictView, isInt, PySet, PyTuple, TimeSpan, typeName, type Value } from '../../values/index.js';
import { Markup, numberOf, PyBytes, PyRange, Undefined } from '../runtime/index.js';
import { dateAttribute, momentAttribute, spanAttribute } from './dates.js';
import { DICT_METHODS, type ValueDict } from './dicts.js';
import { BYTES_METHODS, ENCODE_METHODS } from './encodings.js';
import { LIST_METHODS, RANGE_METHODS, TUPLE_METHODS } from './lists.js';
import { BoundMethod, methodTable, type Method } from './method.js';
import { FLOAT_METHODS, INT_METHODS, numberProperty } from './numbers.js';
import { SET_METHODS, viewAttribute } from './sets.js';
import { CHANGE_METHODS } from './text-change.js';
import { FORMAT_METHODS } from './text-format.js';
import { PREDICATE_METHODS } from './text-predicates.js';
import { SEARCH_METHODS } from './text-search.js';
import { SPLIT_METHODS } from './text-split.js';

const TEXT = methodTable(
  SEARCH_METHODS,
  PREDICATE_METHODS,
  CHANGE_METHODS,
  SPLIT_METHODS,
  FORMAT_METHODS,
  ENCODE_METHODS,
);
const LIST = methodTable(LIST_METHODS);
const TUPLE = methodTable(TUPLE_METHODS);
const DICT = methodTable(DICT_METHODS);
const SET = methodTable(SET_METHODS);
const BYTES = methodTable(BYTES_METHODS);
const INT = methodTable(INT_METHODS);
const FLOAT = methodTable(FLOAT_METHODS);
const RANGE = methodTable(RANGE_METHODS);

/** A value object with attributes of its own, such as a loop or a macro. */
export interface WithAttributes {
  /** `undefined` when there is no such attribute. */
  attribute(name: string): Value | undefined;
}

/** What every object of Python has, and the sandbox hides. */
const OBJECT_ATTRIBUTES = new Set(
  'class delattr dir doc eq format ge getattribute getstate gt hash init init_subclass le lt ne new reduce reduce_ex repr setattr sizeof str subclasshook'
    .split(' ')
    .map((name) => `__${name}__`),
);

/** Whether an attribute exists that no template may see. */
export function isHidden(name: string): boolean {
  return name.startsWith('__') && OBJECT_ATTRIBUTES.has(name);
}

/** Whether a dict has a method of this name, which hides an item of the same name from `dict.name`. */
export function isDictMethod(name: string): boolean {
  return DICT.has(name);
}

function bound<Self>(
  table: ReadonlyMap<string, Method<Self>>,
  self: Self,
  receiver: Value,
  name: string,
): Value | undefined {
  const definition = table.get(name);
  return definition && new BoundMethod(self, receiver, definition, typeName(receiver));
}

/** Python's `getattr` without what the sandbox hides; `undefined` when there is no such attribute. */
export function attributeOf(object: Value, name: string): Value | undefined {
  if (typeof object === 'string') return bound(TEXT, object, object, name);
  if (Array.isArray(object)) return bound<readonly Value[]>(LIST, object as readonly Value[], object, name);
  if (object === null) return undefined;
  if (isDict<Value>(object)) return bound<ValueDict>(DICT, object, object, name);
  return object instanceof PyObject ? objectAttribute(object, name) : numberAttribute(object, name);
}

function numberAttribute(object: Value, name: string): Value | undefined {
  const number = numberOf(object);
  if (number === undefined) return undefined;
  const property = numberProperty(number, name);
  return property === undefined ? bound(isInt(number) ? INT : FLOAT, number, object, name) : property;
}

function objectAttribute(object: PyObject, name: string): Value | undefined {
  if (object instanceof Undefined) return isHidden(name) ? undefined : object.fail();
  if (hasAttributes(object)) return object.attribute(name);
  if (object instanceof Markup) return bound(TEXT, object.text, object, name);
  if (object instanceof PyTuple) return bound(TUPLE, object.items, object, name);
  if (object instanceof PyBytes) return bound(BYTES, object, object, name);
  if (object instanceof PySet) return bound(SET, object, object, name);
  if (object instanceof DictView) return viewAttribute(object, name);
  if (object instanceof PyRange) return rangeAttribute(object, name);
  if (object instanceof DateTime) return momentAttribute(object, name);
  if (object instanceof CalendarDate) return dateAttribute(object, name);
  return object instanceof TimeSpan ? spanAttribute(object, name) : undefined;
}

function rangeAttribute(range: PyRange, name: string): Value | undefined {
  if (name === 'start' || name === 'stop' || name === 'step') return range[name];
  return bound(RANGE, range, range, name);
}

function hasAttributes(object: PyObject): object is PyObject & WithAttributes {
  return 'attribute' in object && typeof object.attribute === 'function';
}
