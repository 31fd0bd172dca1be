import { hashKey, PyObject, type HashKey } from '../../../shared/index.js';
import { reprText, type Composite, type Value } from '../../values/index.js';
import type { Run } from './run.js';

/** Text that counts as escaped HTML: what is joined to it is escaped, it itself never again. */
export class Markup extends PyObject implements Composite {
  readonly typeName = 'Markup';

  constructor(readonly text: string) {
    super();
  }

  get innerValues(): readonly Value[] {
    return [this.text];
  }

  override equals(other: unknown): boolean {
    return other instanceof Markup ? other.text === this.text : other === this.text;
  }

  override hashKey(): HashKey {
    return hashKey(this.text);
  }

  override truthy(): boolean {
    return this.text !== '';
  }

  override repr(): string {
    return `Markup(${reprText(this.text)})`;
  }

  override str(): string {
    return this.text;
  }
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  "'": '&#39;',
  '"': '&#34;',
};

/** `<b>` as `&lt;b&gt;`. */
export function escapeText(text: string): string {
  return /[&<>'"]/.test(text) ? text.replace(/[&<>'"]/g, (char) => ENTITIES[char] ?? char) : text;
}

/** The text of a value, escaped unless it is markup already. */
export function escapeValue(value: Value, run: Run): string {
  return value instanceof Markup ? value.text : escapeText(run.show(value));
}

/** The characters of text or markup, `undefined` for any other value. */
export function textOf(value: Value | undefined): string | undefined {
  if (typeof value === 'string') return value;
  return value instanceof Markup ? value.text : undefined;
}

/** Any value as text: markup stays markup, the rest is what `str()` gives. */
export function softText(value: Value, run: Run): string | Markup {
  return value instanceof Markup ? value : run.show(value);
}

/** Text in the kind of its model: markup when the model is. */
export function likeText(model: Value, text: string): string | Markup {
  return model instanceof Markup ? new Markup(text) : text;
}
