import { dictEntries, isDict } from './dict.js';
import { floatRepr } from './float-text.js';
import type { Json } from './py-dict.js';
import { PyFloat } from './py-float.js';

/** How Python writes a JSON value inside a message: `{'a': [1, True, None], 'b': "it's"}`. */
export function pythonRepr(value: Json): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'string') return pythonStringRepr(value);
  if (value instanceof PyFloat) return floatRepr(value.value);
  if (typeof value === 'number') return Number.isInteger(value) ? String(value) : floatRepr(value);
  if (typeof value === 'bigint') return String(value);
  if (isDict(value)) {
    const members = dictEntries(value).map(([key, item]) => `${pythonRepr(key)}: ${pythonRepr(item)}`);
    return `{${members.join(', ')}}`;
  }
  return `[${value.map(pythonRepr).join(', ')}]`;
}

/** A text in Python's quotes: single ones unless it holds only those; what can't be printed is escaped. */
export function pythonStringRepr(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  let body = '';
  for (const character of text) body += escapeCharacter(character, quote);
  return quote + body + quote;
}

const NAMED: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\\': '\\\\' };
const UNPRINTABLE = /[\p{C}\p{Zl}\p{Zp}\p{Zs}]/u;

function escapeCharacter(character: string, quote: string): string {
  const named = NAMED[character];
  if (named !== undefined) return named;
  if (character === quote) return `\\${quote}`;
  if (character === ' ' || !UNPRINTABLE.test(character)) return character;
  const code = character.codePointAt(0) ?? 0;
  const hex = code.toString(16);
  if (code <= 0xff) return `\\x${hex.padStart(2, '0')}`;
  return code <= 0xffff ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
}
