/** The inside of an expression or statement of a text. */
export interface Segment {
  readonly language: 'jinja' | 'yaql';
  readonly inner: string;
}

/** Expressions and statements whose delimiters stand on one line, from left to right; takes linear time. */
export function* segmentsOf(text: string): Generator<Segment, void> {
  const kinds = [new Delimiters(text, '<%', '%>'), new Delimiters(text, '{{', '}}'), new Delimiters(text, '{%', '%}')];
  let from = 0;
  while (from < text.length) {
    const first = kinds.reduce((best, kind) => (kind.openingFrom(from) < best.openingFrom(from) ? kind : best));
    const start = first.openingFrom(from);
    const end = first.endOf(start);
    from = start + 1;
    if (end === Infinity) continue;
    yield { language: first === kinds[0] ? 'yaql' : 'jinja', inner: text.slice(start + 2, end) };
    from = end + 2;
  }
}

class Delimiters {
  private opening = -1;
  private closing = -1;
  private lineEnd = -1;

  constructor(
    private readonly text: string,
    private readonly open: string,
    private readonly close: string,
  ) {}

  openingFrom(from: number): number {
    if (this.opening < from) this.opening = indexFrom(this.text, this.open, from);
    return this.opening;
  }

  /** Of what opens at `start`; Infinity when it is not closed on its line. */
  endOf(start: number): number {
    if (this.closing < start + 2) this.closing = indexFrom(this.text, this.close, start + 2);
    if (this.lineEnd < start) this.lineEnd = indexFrom(this.text, '\n', start);
    return this.closing < this.lineEnd ? this.closing : Infinity;
  }
}

function indexFrom(text: string, part: string, from: number): number {
  const at = text.indexOf(part, from);
  return at < 0 ? Infinity : at;
}

const QUOTES: ReadonlySet<string> = new Set(["'", '"', '`']);
const QUOTE = /['"`]/g;

/** The text with something else in the place of its quoted strings; a quote that is not closed stays. */
export function withoutStrings(text: string, inPlaceOf: (string: string) => string): string {
  const parts: string[] = [];
  const unclosed = new Set<string>();
  let from = 0;
  for (let at = quoteFrom(text, 0); at < text.length && unclosed.size < QUOTES.size; at = quoteFrom(text, at + 1)) {
    const quote = text.charAt(at);
    if (unclosed.has(quote)) continue;
    const end = stringEnd(text, at, quote);
    if (end === undefined) {
      // Whatever quotes of this kind follow are escaped, hence not closed either.
      unclosed.add(quote);
      continue;
    }
    parts.push(text.slice(from, at), inPlaceOf(text.slice(at, end)));
    from = end;
    at = end - 1;
  }
  return parts.join('') + text.slice(from);
}

function quoteFrom(text: string, from: number): number {
  QUOTE.lastIndex = from;
  return QUOTE.test(text) ? QUOTE.lastIndex - 1 : text.length;
}

function stringEnd(text: string, start: number, quote: string): number | undefined {
  for (let at = start + 1; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === quote) return at + 1;
    if (character === '\\') at += 1;
  }
  return undefined;
}
