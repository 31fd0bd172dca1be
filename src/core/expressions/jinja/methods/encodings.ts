import { PyError } from '../../errors.js';
import { pyRepr, type Value } from '../../values/index.js';
import { PyBytes, textOf, typeError } from '../runtime/index.js';
import { keywordMethod, method, type Method } from './method.js';

type Charset = 'utf-8' | 'ascii' | 'latin-1';

const CHARSETS: Readonly<Record<string, Charset>> = {
  'utf-8': 'utf-8',
  utf8: 'utf-8',
  u8: 'utf-8',
  ascii: 'ascii',
  'us-ascii': 'ascii',
  'latin-1': 'latin-1',
  latin1: 'latin-1',
  'iso-8859-1': 'latin-1',
  iso8859_1: 'latin-1',
};

function charsetOf(name: Value | undefined): Charset {
  const text = textOf(name ?? null);
  if (text === undefined) throw typeError('encoding must be str');
  const key = text.toLowerCase().replaceAll('_', '-');
  const charset = Object.hasOwn(CHARSETS, key) ? CHARSETS[key] : undefined;
  if (charset === undefined) throw new PyError('LookupError', `unknown encoding: ${text}`);
  return charset;
}

function encode(text: string, charset: Charset, errors: Value | undefined): PyBytes {
  if (charset === 'utf-8') {
    if (/\p{Cs}/u.test(text)) throw new PyError('ValueError', "'utf-8' codec can't encode: surrogates not allowed");
    return new PyBytes(new TextEncoder().encode(text));
  }
  const limit = charset === 'ascii' ? 128 : 256;
  const bytes: number[] = [];
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    if (code < limit) bytes.push(code);
    else if (errors === 'replace') bytes.push(63);
    else if (errors !== 'ignore') {
      throw new PyError('ValueError', `'${charset}' codec can't encode character ${pyRepr(char)}`);
    }
  }
  return new PyBytes(Uint8Array.from(bytes));
}

function decode(bytes: PyBytes, charset: Charset, errors: Value | undefined): string {
  if (charset === 'utf-8') return decodeUtf8(bytes, errors);
  if (charset === 'ascii' && errors !== 'ignore' && errors !== 'replace' && bytes.data.some((byte) => byte > 127)) {
    throw new PyError('ValueError', "'ascii' codec can't decode byte: ordinal not in range(128)");
  }
  const kept = charset === 'ascii' && errors === 'ignore' ? bytes.data.filter((byte) => byte < 128) : bytes.data;
  return Array.from(kept, (byte) => (charset === 'ascii' && byte > 127 ? '\ufffd' : String.fromCharCode(byte))).join(
    '',
  );
}

function decodeUtf8(bytes: PyBytes, errors: Value | undefined): string {
  const isLenient = errors === 'replace' || errors === 'ignore';
  try {
    const text = new TextDecoder('utf-8', { fatal: !isLenient, ignoreBOM: true }).decode(bytes.data);
    return errors === 'ignore' ? text.replaceAll('\ufffd', '') : text;
  } catch (cause) {
    throw new PyError('ValueError', "'utf-8' codec can't decode the bytes", { cause });
  }
}

const PARAMETERS = [
  ['encoding', 'utf-8'],
  ['errors', 'strict'],
] as const;

/** `str.encode`. */
export const ENCODE_METHODS: readonly Method<string>[] = [
  keywordMethod('encode', PARAMETERS, (text, [encoding, errors], run) => {
    run.budget.output(text.length);
    return encode(text, charsetOf(encoding), errors);
  }),
];

/** Methods of `bytes`. */
export const BYTES_METHODS: readonly Method<PyBytes>[] = [
  keywordMethod('decode', PARAMETERS, (bytes, [encoding, errors]) => decode(bytes, charsetOf(encoding), errors)),
  method('hex', [], (bytes) => Array.from(bytes.data, (byte) => byte.toString(16).padStart(2, '0')).join('')),
];
