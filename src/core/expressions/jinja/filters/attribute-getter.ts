import type { Value } from '../../values/index.js';
import { getItem, plainItem } from '../methods/index.js';
import { likeText, textOf, Undefined } from '../runtime/index.js';

/** Reads a path such as `address.city` or `tags.0` from an item. */
export type Getter = (item: Value) => Value;

/** Text in lower case, every other value as it is: the key of comparison without case. */
export function ignoreCase(value: Value): Value {
  const text = textOf(value);
  return text === undefined ? value : likeText(value, text.toLowerCase());
}

/** Parts of a path; numbers index lists. */
function pathParts(attribute: Value): readonly Value[] {
  if (attribute === null) return [];
  const text = textOf(attribute);
  if (text === undefined) return [attribute];
  return text.split('.').map((part) => (/^\p{Nd}+$/u.test(part) ? Number(part) : part));
}

function itemGetter(key: Value): Getter {
  if (typeof key !== 'string') return (item) => getItem(item, key);
  return (item) => {
    const value = plainItem(item, key);
    return value === undefined ? getItem(item, key) : value;
  };
}

/** @param preset  replaces an undefined part of the path, unless it is null */
export function attributeGetter(attribute: Value, preset: Value = null): Getter {
  const parts = pathParts(attribute);
  const [only] = parts;
  if (only !== undefined && parts.length === 1 && preset === null) return itemGetter(only);
  return (item) => {
    let value = item;
    for (const part of parts) {
      value = getItem(value, part);
      if (preset !== null && value instanceof Undefined) value = preset;
    }
    return value;
  };
}

/** Reads several paths, as `age,name`, to a list. */
export function attributeListGetter(attribute: Value): (item: Value) => readonly Value[] {
  const text = textOf(attribute);
  const paths: readonly Value[] = text === undefined ? [attribute] : text.split(',');
  const getters = paths.map((path) => attributeGetter(path));
  return (item) => getters.map((get) => get(item));
}
