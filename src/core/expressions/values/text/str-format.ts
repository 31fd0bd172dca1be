import { PyError } from '../../errors.js';
import type { Budget } from '../budget.js';
import { digitValue, parseInt } from '../number-text.js';
import { pyRepr, pyStr } from '../py-repr.js';
import { asciiRepr } from '../py-ascii.js';
import type { Value } from '../types.js';
import { formatValue } from './format-value.js';

/** Where the fields of a format get their values from. */
export interface FieldSource {
  readonly positional: readonly Value[];
  /** @throws {PyError} KeyError when there is no such name */
  readonly named: (name: string) => Value;
  /** `{0.name}`; @throws {PyError} AttributeError */
  readonly attribute: (value: Value, name: string) => Value;
  /** `{0[key]}`; a key of digits is a number. @throws {PyError} */
  readonly item: (value: Value, key: string | number | bigint) => Value;
  /** What is shown for a value that was formatted to a text; the text itself by default. */
  readonly shown?: (value: Value, text: string) => string;
}

const MAX_NESTING = 2;

/** Python's `str.format`. @throws {PyError} */
export function formatTemplate(template: string, source: FieldSource, budget: Budget): string {
  return new TemplateFormatter(source, budget).format(template, MAX_NESTING);
}

class TemplateFormatter {
  /** Numbers given to `{}` so far; -1 once a field was numbered by hand. */
  #automatic = 0;

  constructor(
    private readonly source: FieldSource,
    private readonly budget: Budget,
  ) {}

  format(template: string, nesting: number): string {
    if (nesting === 0) throw new PyError('ValueError', 'Max string recursion exceeded');
    let text = '';
    let at = 0;
    while (at < template.length) {
      const brace = nextBrace(template, at);
      text += template.slice(at, brace);
      if (brace === template.length) break;
      const character = template.charAt(brace);
      if (template.charAt(brace + 1) === character) {
        text += character;
        at = brace + 2;
        continue;
      }
      if (character === '}') throw new PyError('ValueError', "Single '}' encountered in format string");
      const end = fieldEnd(template, brace + 1);
      const piece = this.#field(template.slice(brace + 1, end), nesting);
      this.budget.output(piece.length);
      text += piece;
      at = end + 1;
    }
    return text;
  }

  #field(field: string, nesting: number): string {
    const [, name = '', mark, rest = ''] = /^((?:\[[^\]]*\]?|[^[!:])*)([!:])?([^]*)$/.exec(field) ?? [];
    if (name.replace(/\[[^\]]*\]/g, '').includes('{')) throw new PyError('ValueError', "unexpected '{' in field name");
    let conversion = '';
    let spec = mark === ':' ? rest : '';
    if (mark === '!') [conversion, spec] = splitConversion(rest);
    const value = convert(this.#value(name), conversion);
    const text = formatValue(value, spec.includes('{') ? this.format(spec, nesting - 1) : spec, this.budget);
    return this.source.shown?.(value, text) ?? text;
  }

  #value(field: string): Value {
    const [first = ''] = /^[^.[]*/.exec(field) ?? [];
    let value = this.#argument(first);
    let at = first.length;
    while (at < field.length) {
      this.budget.step();
      const step = /^(?:\.([^.[]*)|\[([^\]]*)(\])?)/.exec(field.slice(at));
      if (!step) throw new PyError('ValueError', "Only '.' or '[' may follow ']' in format field specifier");
      const [token, attribute, key = '', closed] = step;
      if (attribute === undefined && closed === undefined)
        throw new PyError('ValueError', "expected '}' before end of string");
      if ((attribute ?? key) === '') throw new PyError('ValueError', 'Empty attribute in format string');
      value = attribute !== undefined ? this.source.attribute(value, attribute) : this.source.item(value, keyOf(key));
      at += token.length;
    }
    return value;
  }

  #argument(name: string): Value {
    const key = name === '' ? undefined : keyOf(name);
    if (typeof key === 'string') return this.source.named(key);
    const isManual = key !== undefined;
    if (isManual ? this.#automatic > 0 : this.#automatic < 0) {
      const [from, to] = isManual
        ? ['automatic field numbering', 'manual field specification']
        : ['manual field specification', 'automatic field numbering'];
      throw new PyError('ValueError', `cannot switch from ${from} to ${to}`);
    }
    const index = Number(key ?? this.#automatic);
    this.#automatic = isManual ? -1 : this.#automatic + 1;
    const value = this.source.positional[index];
    if (value === undefined) {
      throw new PyError('IndexError', `Replacement index ${index} out of range for positional args tuple`);
    }
    return value;
  }
}

function nextBrace(template: string, from: number): number {
  for (let at = from; at < template.length; at++) {
    const code = template.charCodeAt(at);
    if (code === 123 || code === 125) return at;
  }
  return template.length;
}

/** The closing brace that belongs to a field; braces inside brackets don't count. */
function fieldEnd(template: string, start: number): number {
  if (start >= template.length) throw new PyError('ValueError', "Single '{' encountered in format string");
  let depth = 1;
  let inBrackets = false;
  for (let at = start; at < template.length; at++) {
    const character = template.charAt(at);
    if (inBrackets) inBrackets = character !== ']';
    else if (character === '[' && depth === 1) inBrackets = true;
    else if (character === '{') depth++;
    else if (character === '}' && --depth === 0) return at;
  }
  throw new PyError('ValueError', "expected '}' before end of string");
}

function splitConversion(rest: string): [string, string] {
  const conversion = String.fromCodePoint(rest.codePointAt(0) ?? 0);
  if (rest === '') throw new PyError('ValueError', 'end of string while looking for conversion specifier');
  const after = rest.slice(conversion.length);
  if (after !== '' && !after.startsWith(':'))
    throw new PyError('ValueError', "expected ':' after conversion specifier");
  return [conversion, after.slice(1)];
}

function convert(value: Value, conversion: string): Value {
  switch (conversion) {
    case '':
      return value;
    case 's':
      return pyStr(value);
    case 'r':
      return pyRepr(value);
    case 'a':
      return asciiRepr(value);
    default:
      throw new PyError('ValueError', `Unknown conversion specifier ${conversion}`);
  }
}

function keyOf(text: string): string | number | bigint {
  return Array.from(text).every((character) => digitValue(character) >= 0) ? parseInt(text) : text;
}
