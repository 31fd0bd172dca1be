import { dictEntries, isDict, PyDict, PyFloat, PyObject, type Renderer } from '../../../shared/index.js';
import { DictView, pyRepr, type Value } from '../../values/index.js';
import { EvaluationError } from '../../errors.js';
import { looksMutable } from './raw.js';

/** Python's `str()` of a value inside YAQL, where lists are tuples: `(1, 2)`, `{'a': None}`, `frozenset({1})`. */
export function yaqlText(value: Value): string {
  if (typeof value === 'string') return value;
  return value instanceof PyObject && !(value instanceof PyDict) ? textOf(value) : yaqlRepr(value);
}

export function yaqlRepr(value: Value): string {
  return new FrozenRenderer().render(value);
}

/** What YAQL's `str` function answers: as {@link yaqlText}, with `null`, `true` and `false` in YAQL's own spelling. */
export function yaqlString(value: Value): string {
  if (value === null) return 'null';
  return typeof value === 'boolean' ? String(value) : yaqlText(value);
}

function textOf(value: PyObject): string {
  return value instanceof DictView ? yaqlRepr(value) : value.str(new FrozenRenderer());
}

const MAX_DEPTH = 500;

class FrozenRenderer implements Renderer {
  readonly frozen = true;
  #depth = 0;

  readonly opaque = (typeName: string): string => `<${typeName} object>`;

  readonly render = (value: unknown): string => {
    if (typeof value !== 'object' || value === null || value instanceof PyFloat) return pyRepr(value);
    if (++this.#depth > MAX_DEPTH) throw new EvaluationError('The value is nested too deeply to be shown');
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
    const text = items.map(this.render).join(', ');
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
