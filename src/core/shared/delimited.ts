/** A part of a text between delimiters, with and without them. */
export interface Delimited {
  readonly found: string;
  readonly inner: string;
}

/** Each part from an opening delimiter of two characters to the next closing one on the same line; takes linear time. */
export function* findDelimited(text: string, open: string, close: string): Generator<Delimited, void> {
  let start = text.indexOf(open);
  let end = -1;
  let lineEnd = -1;
  while (start >= 0) {
    if (end < start + 2) end = text.indexOf(close, start + 2);
    if (end < 0) return;
    if (lineEnd < start) lineEnd = endOfLine(text, start);
    if (end < lineEnd) {
      yield { found: text.slice(start, end + 2), inner: text.slice(start + 2, end) };
      start = text.indexOf(open, end + 2);
    } else start = text.indexOf(open, lineEnd);
  }
}

function endOfLine(text: string, start: number): number {
  const at = text.indexOf('\n', start);
  return at < 0 ? text.length : at;
}

/** The first such part, without looking at the rest of the text. */
export function firstDelimited(text: string, open: string, close: string): Delimited | undefined {
  for (const part of findDelimited(text, open, close)) return part;
  return undefined;
}
