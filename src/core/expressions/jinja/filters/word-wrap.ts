import { PyError } from '../../errors.js';
import { splitLines, stripText, textLength, textSlice } from '../../values/index.js';

/** How lines are broken. */
export interface WrapOptions {
  /** Asked for when there is something to wrap. */
  readonly width: () => number;
  readonly breaksLongWords: boolean;
  readonly breaksOnHyphens: boolean;
  /** Told how many characters are looked at. */
  readonly spend: (count: number) => void;
}

const SPACE = '\\t\\n\\v\\f\\r ';
const LETTER = '\\p{L}';
const PUNCTUATED = '[\\p{L}\\p{N}_!"\'&.,?]';
/** White space, an em-dash between words, or a word up to a hyphen between letters. */
const PIECES = new RegExp(
  `([${SPACE}]+|(?<=${PUNCTUATED})-{2,}(?=[\\p{L}\\p{N}_])|[^${SPACE}]+?(?:` +
    `-(?:(?<=${LETTER}{2}-)|(?<=${LETTER}-${LETTER}-))(?=${LETTER}-?${LETTER})|(?=[${SPACE}]|$)|` +
    `(?<=${PUNCTUATED})(?=-{2,}[\\p{L}\\p{N}_])))`,
  'u',
);
const SPACES = new RegExp(`([${SPACE}]+)`);

/** Every line of a text broken at a width. @throws {PyError} ValueError for a width of zero or less */
export function wrapText(text: string, separator: string, options: WrapOptions): string {
  options.spend(text.length >> 1);
  return splitLines(text)
    .map((line) => wrapLine(line, options).join(separator))
    .join(separator);
}

function wrapLine(line: string, options: WrapOptions): readonly string[] {
  const width = options.width();
  if (width <= 0) throw new PyError('ValueError', `invalid width ${width} (must be > 0)`);
  const pieces = line.split(options.breaksOnHyphens ? PIECES : SPACES).filter((piece) => piece !== '');
  pieces.reverse();
  const lines: string[] = [];
  while (pieces.length > 0) {
    if (lines.length > 0 && isBlank(pieces.at(-1))) pieces.pop();
    const current = takeLine(pieces, width, options);
    if (isBlank(current.at(-1))) current.pop();
    if (current.length > 0) lines.push(current.join(''));
  }
  return lines;
}

/** As many pieces, from the end of the list, as fit one line. */
function takeLine(pieces: string[], width: number, options: WrapOptions): string[] {
  const current: string[] = [];
  let used = 0;
  for (let next = pieces.at(-1); next !== undefined && used + textLength(next) <= width; next = pieces.at(-1)) {
    used += textLength(next);
    current.push(next);
    pieces.pop();
  }
  const tooLong = pieces.at(-1);
  if (tooLong !== undefined && textLength(tooLong) > width) breakWord(pieces, current, width - used, options);
  return current;
}

function breakWord(pieces: string[], line: string[], room: number, options: WrapOptions): void {
  if (!options.breaksLongWords) {
    if (line.length === 0) line.push(pieces.pop() ?? '');
    return;
  }
  const word = pieces.at(-1) ?? '';
  options.spend(word.length);
  let end = room;
  const hyphen = options.breaksOnHyphens ? textSlice(word, 0, room).lastIndexOf('-') : -1;
  if (hyphen > 0 && /[^-]/.test(word.slice(0, hyphen))) end = hyphen + 1;
  line.push(textSlice(word, 0, end));
  pieces[pieces.length - 1] = textSlice(word, end, textLength(word));
}

function isBlank(piece: string | undefined): boolean {
  return piece !== undefined && stripText(piece) === '';
}
