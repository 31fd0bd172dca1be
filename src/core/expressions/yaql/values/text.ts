import { dictEntries, isDict, PyDict, PyFloat, PyObject, type Renderer } from '../../../shared/index.js';
import { DictView, MAX_NESTING, pyRepr, weigh, type Value } from '../../values/index.js';
import { EvaluationError } from '../../errors.js';
import type { Runtime } from '../runtime/frame.js';
import { looksMutable } from './raw.js';

/** Python's `str()` of a value inside YAQL, where lists are tuples: `(1, 2)`, `{'a': None}`, `frozenset({1})`. */
export function yaqlText(value: Value): string {
  if (typeof value === 'string') return value;
  return value instanceof PyObject && !(value instanceof PyDict) ? textOf(value) : yaqlRepr(value);
}

export function yaqlRepr(value: Value): string {
  return new FrozenRenderer().render(value);
}

/**
 * What YAQL's `str` function answers: as {@link yaqlText}, with `null`, `true` and `false` in YAQL's own spelling. Paid for
 * by the size of the value.
 */
export function yaqlString(value: Value, { budget }: Runtime): string {
  if (typeof value === 'string') return value;
  if (value === null) return 'null';
  if (typeof value === 'boolean') return String(value);
  if (typeof value !== 'number') weigh(value, budget);
  return yaqlText(value);
}

/** The beginning of {@link yaqlText} for messages, however large the value is: so many characters at least, if it has them. */
export function yaqlExcerpt(value: Value, length: number): string {
  if (typeof value === 'string') return value.slice(0, length + 1);
  if (typeof value === 'bigint' && (value > LONG || value < -LONG)) return '<a very long integer>';
  return value instanceof PyObject && !(value instanceof PyDict) && !(value instanceof DictView)
    ? value.str(new FrozenRenderer(length))
    : new FrozenRenderer(length).render(value);
}

const LONG = 10n ** 1000n;

function textOf(value: PyObject): string {
  return value instanceof DictView ? yaqlRepr(value) : value.str(new FrozenRenderer());
}

class FrozenRenderer implements Renderer {
  readonly frozen = true;
  #depth = 0;
  /** How many values may still be shown: each takes at least one character. */
  #left: number;

  constructor(length = Infinity) {
    this.#left = length;
  }

  readonly opaque = (typeName: string): string => `<${typeName} object>`;

  readonly render = (value: unknown): string => {
    if (--this.#left < 0) return '';
    if (typeof value !== 'object' || value === null || value instanceof PyFloat) return pyRepr(value);
    if (++this.#depth > MAX_NESTING) throw new EvaluationError('The value is nested too deeply to be shown');
    const text = this.#container(value as Value & object);
    this.#depth--;
    return text;
  };

  #container(value: Value & object): string {
    if (Array.isArray(value)) return this.#list(value as readonly Value[]);
    if (isDict<Value>(value)) return this.#dict(value as PyDict<Value>);
    if (value instanceof DictView) return this.#view(value);
    return value instanceof PyObject ? value.repr(this) : pyRepr(value);
  }

  #list(items: readonly Value[]): string {
    const text = items
      .slice(0, this.#left + 1)
      .map(this.render)
      .join(', ');
    if (looksMutable(items)) return `[${text}]`;
    return items.length === 1 ? `(${text},)` : `(${text})`;
  }

  #dict(dict: PyDict<Value>): string {
    const pairs = dictEntries<Value>(dict).map(([key, item]) => `${this.render(key)}: ${this.render(item)}`);
    return `{${pairs.join(', ')}}`;
  }

  /** Views of frozen dicts show the dict, views of others what they hold. */
  #view(view: DictView): string {
    if (!looksMutable(view.dict)) return `${VIEW_NAMES[view.kind]}(${this.render(view.dict)})`;
    return `${view.typeName}([${view.toArray().map(this.render).join(', ')}])`;
  }
}

const VIEW_NAMES = { keys: 'KeysView', values: 'ValuesView', items: 'ItemsView' } as const;
