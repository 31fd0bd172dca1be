import { isBlankOrEnd, isBreak } from './characters.js';
import type { Cursor } from './cursor.js';
import type { Token } from './tokens.js';

/** What the surroundings say about a plain scalar. */
export interface PlainContext {
  /** Indentation of the enclosing block, -1 at the top. */
  readonly indent: number;
  readonly inFlow: boolean;
}

export interface PlainScan {
  readonly token: Token;
  /** The scan crossed a line break after its last text, so that a new key may start here. */
  readonly crossedLine: boolean;
}

const FLOW_INDICATORS = new Set([44, 63, 91, 93, 123, 125]);
const ENDS_KEY_IN_FLOW = new Set([44, 91, 93, 123, 125]);
const COLON = 58;
const HASH = 35;

/** Reads an unquoted scalar, which may go on over lines indented deeper than its block. */
export function scanPlain(cursor: Cursor, context: PlainContext): PlainScan {
  const indent = context.indent + 1;
  const start = cursor.position;
  let end = start;
  let value = '';
  let gap = '';
  let crossedLine = false;
  while (cursor.code() !== HASH) {
    const length = plainLength(cursor, context.inFlow);
    if (length === 0) break;
    value += gap + cursor.take(length);
    end = cursor.position;
    const spaces = scanGap(cursor);
    crossedLine = spaces.crossedLine;
    gap = spaces.text;
    if (gap === '' || cursor.code() === HASH || (!context.inFlow && cursor.column < indent)) break;
  }
  return { token: { kind: 'scalar', style: 'plain', value, start, end }, crossedLine };
}

function plainLength(cursor: Cursor, inFlow: boolean): number {
  let length = 0;
  for (;;) {
    const code = cursor.code(length);
    if (isBlankOrEnd(code) || (inFlow && FLOW_INDICATORS.has(code))) return length;
    if (code === COLON) {
      const next = cursor.code(length + 1);
      if (isBlankOrEnd(next) || (inFlow && ENDS_KEY_IN_FLOW.has(next))) return length;
    }
    length += 1;
  }
}

/** Spaces and line breaks between two words: folded to one space, or to the breaks beyond the first. */
function scanGap(cursor: Cursor): { readonly text: string; readonly crossedLine: boolean } {
  const from = cursor.position;
  cursor.skipSpaces();
  if (!isBreak(cursor.code())) return { text: cursor.source.slice(from, cursor.position), crossedLine: false };
  const first = cursor.takeBreak();
  let breaks = '';
  if (cursor.atDocumentMarker()) return { text: '', crossedLine: true };
  for (;;) {
    if (cursor.code() === 32) cursor.skip();
    else if (isBreak(cursor.code())) {
      breaks += cursor.takeBreak();
      if (cursor.atDocumentMarker()) return { text: '', crossedLine: true };
    } else break;
  }
  const lead = first !== '\n' ? first : breaks === '' ? ' ' : '';
  return { text: lead + breaks, crossedLine: true };
}
