import { PyObject, type HashKey } from '../../../shared/index.js';
import type { Value } from '../../values/index.js';

/** Bytes, as `'text'.encode()` makes them. */
export class PyBytes extends PyObject {
  readonly typeName = 'bytes';

  constructor(readonly data: Uint8Array) {
    super();
  }

  get size(): number {
    return this.data.length;
  }

  [Symbol.iterator](): IterableIterator<Value> {
    return this.data.values();
  }

  private get key(): string {
    return Array.from(this.data, (byte) => String.fromCharCode(byte)).join('');
  }

  override equals(other: unknown): boolean {
    return other instanceof PyBytes && other.key === this.key;
  }

  override hashKey(): HashKey {
    return `\u0000b${this.key}`;
  }

  override truthy(): boolean {
    return this.size > 0;
  }

  override repr(): string {
    const quote = this.key.includes("'") && !this.key.includes('"') ? '"' : "'";
    return `b${quote}${Array.from(this.data, (byte) => reprByte(byte, quote)).join('')}${quote}`;
  }
}

const NAMED: Readonly<Record<number, string>> = { 9: '\\t', 10: '\\n', 13: '\\r', 92: '\\\\' };

function reprByte(byte: number, quote: string): string {
  const named = NAMED[byte];
  if (named !== undefined) return named;
  const char = String.fromCharCode(byte);
  if (char === quote) return `\\${char}`;
  return byte >= 32 && byte < 127 ? char : `\\x${byte.toString(16).padStart(2, '0')}`;
}
