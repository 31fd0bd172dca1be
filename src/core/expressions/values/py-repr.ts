import { dictEntries, floatRepr, isPlainObject, PyDict, PyFloat, PyObject, type Renderer } from '../../shared/index.js';

export interface ReprOptions {
  /** As inside YAQL, where lists are tuples and sets are frozen: `(1,)`, `frozenset({1})`. */
  readonly frozen?: boolean;
}

/** Python's `str()`: text as it is, everything else as its `repr`, except types with a text of their own (dates). */
export function pyStr(value: unknown, options: ReprOptions = {}): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' && Number.isSafeInteger(value)) return String(value);
  // A dict of any key has no text of its own: it is rendered like a plain one.
  const hasText = value instanceof PyObject && !(value instanceof PyDict);
  return hasText ? value.str(rendererFor(options)) : pyRepr(value, options);
}

/** Python's `repr()`: `None`, `True`, `'text'`, `[1, 'a']`, `{'k': 4.0}`. */
export function pyRepr(value: unknown, options: ReprOptions = {}): string {
  return rendererFor(options).render(value);
}

const MAX_DEPTH = 900;

function makeRenderer(frozen: boolean): Renderer {
  let depth = 0;
  const render = (value: unknown): string => {
    if (typeof value !== 'object' || value === null) return reprScalar(value);
    if (depth >= MAX_DEPTH) return '...';
    depth++;
    try {
      return reprObject(value, renderer);
    } finally {
      depth--;
    }
  };
  const renderer: Renderer = { render, frozen, opaque: (typeName) => `<${typeName} object>` };
  return renderer;
}

const THAWED = makeRenderer(false);
const FROZEN = makeRenderer(true);

function rendererFor(options: ReprOptions): Renderer {
  return options.frozen === true ? FROZEN : THAWED;
}

function reprScalar(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return reprText(value);
    case 'number':
      return Number.isSafeInteger(value) ? String(value) : floatRepr(value);
    case 'boolean':
      return value ? 'True' : 'False';
    case 'bigint':
      return value.toString();
    default:
      return 'None';
  }
}

function reprObject(value: object, renderer: Renderer): string {
  if (Array.isArray(value)) return reprList(value, renderer);
  if (value instanceof PyFloat) return floatRepr(value.value);
  if (value instanceof PyDict || isPlainObject(value)) {
    const pairs = dictEntries<unknown>(value as PyDict<unknown>);
    return `{${pairs.map(([key, item]) => `${renderer.render(key)}: ${renderer.render(item)}`).join(', ')}}`;
  }
  return value instanceof PyObject ? value.repr(renderer) : `<${value.constructor.name} object>`;
}

function reprList(items: readonly unknown[], renderer: Renderer): string {
  const text = items.map((item) => renderer.render(item)).join(', ');
  if (!renderer.frozen) return `[${text}]`;
  return items.length === 1 ? `(${text},)` : `(${text})`;
}

const SIMPLE = /^[ !#-&(-[\]-~]*$/;
/** What `str.isprintable` denies, and what must be escaped anyway. */
const NEEDS_ESCAPE = /[\p{C}\p{Z}\\]/gu;

/** A string literal as Python would write it: `'it'` but `"it's"`. */
export function reprText(text: string): string {
  if (SIMPLE.test(text)) return `'${text}'`;
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const body = text.replace(NEEDS_ESCAPE, escapeCharacter);
  return quote + (quote === "'" ? body.replaceAll("'", "\\'") : body) + quote;
}

const NAMED_ESCAPES = new Map([
  [' ', ' '],
  ['\\', '\\\\'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
]);

function escapeCharacter(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const hex = code.toString(16);
  const numeric =
    code < 0x100
      ? `\\x${hex.padStart(2, '0')}`
      : code < 0x10000
        ? `\\u${hex.padStart(4, '0')}`
        : `\\U${hex.padStart(8, '0')}`;
  return NAMED_ESCAPES.get(character) ?? numeric;
}
