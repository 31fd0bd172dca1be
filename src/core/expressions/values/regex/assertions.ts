import type { AssertKind, CharTest } from './ast.js';

const NEWLINE = 10;

/** Whether a position has the property that an assertion such as `^` or `\b` asks for. @param codes  code points, then -1 */
export function assertHolds(
  assertion: { readonly at: AssertKind; readonly isWord: CharTest },
  codes: Int32Array,
  position: number,
): boolean {
  const length = codes.length - 1;
  switch (assertion.at) {
    case 'textStart':
      return position === 0;
    case 'lineStart':
      return position === 0 || codes[position - 1] === NEWLINE;
    case 'textEnd':
      return position === length;
    case 'finalEnd':
      return position === length || (position === length - 1 && codes[position] === NEWLINE);
    case 'lineEnd':
      return position === length || codes[position] === NEWLINE;
    case 'boundary':
      return isBoundary(assertion.isWord, codes, position);
    case 'notBoundary':
      // As in Python 3.11, nothing in an empty text is a place between characters.
      return length > 0 && !isBoundary(assertion.isWord, codes, position);
  }
}

function isBoundary(isWord: CharTest, codes: Int32Array, position: number): boolean {
  const before = position > 0 && isWord(codes[position - 1] ?? -1);
  const after = position < codes.length - 1 && isWord(codes[position] ?? -1);
  return before !== after;
}
