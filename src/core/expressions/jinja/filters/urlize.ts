import { escapeText } from '../runtime/index.js';
import { PY_SPACE, textLength, textSlice } from '../../values/index.js';

/** What a link looks like. */
export interface LinkOptions {
  /** Characters of the address shown; `null` for all. */
  readonly limit: (() => number) | null;
  readonly rel: string | null;
  readonly target: string | null;
  readonly schemes: readonly string[];
}

const WORD = '[\\p{L}\\p{N}_]';
const ADDRESS = new RegExp(
  `^(?:(?:https?://|www\\.)(?:(?:[\\p{L}\\p{N}_%-]+\\.)+)?(?:[a-z]{2,63}|xn--[\\p{L}\\p{N}_%]{2,59})|` +
    `(?:[\\p{L}\\p{N}_%-]{2,63}\\.)+(?:com|net|int|edu|gov|org|info|mil)|` +
    `https?://(?:\\p{Nd}{1,3}(?:\\.\\p{Nd}{1,3}){3}|\\[(?:[\\p{Nd}a-f]{0,4}:){2}(?:[\\p{Nd}a-f]{0,4}:?){1,6}\\]))` +
    `(?::\\p{Nd}{1,5})?(?:[/?#][^${PY_SPACE}]*)?$`,
  'iu',
);
const MAIL = new RegExp(`^[^${PY_SPACE}]+@${WORD}[\\p{L}\\p{N}_.-]*\\.${WORD}+$`, 'u');
const BRACKETS = [
  ['(', ')'],
  ['<', '>'],
  ['&lt;', '&gt;'],
] as const;

/** Text, HTML-escaped, in which addresses are links. @param text  already escaped */
export function linkAddresses(text: string, options: LinkOptions): string {
  return text
    .split(new RegExp(`([${PY_SPACE}]+)`))
    .map((word) => linkWord(word, options))
    .join('');
}

function linkWord(word: string, options: LinkOptions): string {
  const head = /^(?:[(<]|&lt;)+/.exec(word)?.[0] ?? '';
  let middle = word.slice(head.length);
  let tail = middle.slice(tailStart(middle));
  middle = middle.slice(0, middle.length - tail.length);
  for (const [open, close] of BRACKETS) {
    const missing = count(middle, open) - count(middle, close);
    if (missing <= 0) continue;
    // What closes a bracket inside the address belongs to it, with all that stands before.
    const end = endOfNth(tail, close, Math.min(count(middle, open), count(tail, close)));
    middle += tail.slice(0, end);
    tail = tail.slice(end);
  }
  return head + link(middle, options) + tail;
}

/** Where the punctuation and closing brackets at the end of a word begin. */
function tailStart(word: string): number {
  let end = word.length;
  for (;;) {
    if (word.endsWith('&gt;', end)) end -= 4;
    else if (end > 0 && ').>,\n'.includes(word.charAt(end - 1))) end -= 1;
    else return end;
  }
}

/** Behind the n-th occurrence of a part; 0 for none. */
function endOfNth(text: string, part: string, n: number): number {
  let end = 0;
  for (let i = 0; i < n; i++) end = text.indexOf(part, end) + part.length;
  return end;
}

function count(text: string, part: string): number {
  return text.split(part).length - 1;
}

function link(text: string, options: LinkOptions): string {
  const rel = options.rel === null ? '' : ` rel="${escapeText(options.rel)}"`;
  const target = options.target === null ? '' : ` target="${escapeText(options.target)}"`;
  if (ADDRESS.test(text)) {
    const address = /^https?:\/\//.test(text) ? text : `https://${text}`;
    return `<a href="${address}"${rel}${target}>${shorten(text, options.limit)}</a>`;
  }
  if (text.startsWith('mailto:') && MAIL.test(text.slice(7))) return `<a href="${text}">${text.slice(7)}</a>`;
  if (isMail(text)) return `<a href="mailto:${text}">${text}</a>`;
  let linked = text;
  for (const scheme of options.schemes) {
    if (linked !== scheme && linked.startsWith(scheme)) linked = `<a href="${linked}"${rel}${target}>${linked}</a>`;
  }
  return linked;
}

function isMail(text: string): boolean {
  if (!text.includes('@') || text.includes(':') || text.startsWith('www.') || text.startsWith('@')) return false;
  return MAIL.test(text);
}

function shorten(text: string, limit: (() => number) | null): string {
  const size = limit?.() ?? Infinity;
  return textLength(text) > size ? `${textSlice(text, 0, size)}...` : text;
}
