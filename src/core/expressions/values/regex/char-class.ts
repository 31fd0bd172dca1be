import { isAsciiDigit, isAsciiSpace, isAsciiWord, isDigit, isSpace, isWord } from '../characters.js';
import type { CharTest, Node } from './ast.js';
import { asciiCaseVariants, caseVariants, foldAsciiCase, foldCase } from './case-folding.js';
import { ASCII, DOTALL, IGNORECASE } from './flags.js';

/** A member of a class in brackets: a range of code points or a category such as `\d`. */
export type ClassItem = { readonly from: number; readonly to: number } | CharTest;

/** The test behind `\d \D \s \S \w \W`. */
export function categoryTest(letter: string, flags: number): CharTest | undefined {
  const ascii = (flags & ASCII) !== 0;
  switch (letter) {
    case 'd':
      return ascii ? isAsciiDigit : isDigit;
    case 's':
      return ascii ? isAsciiSpace : isSpace;
    case 'w':
      return wordTest(flags);
    case 'D':
    case 'S':
    case 'W': {
      const test = categoryTest(letter.toLowerCase(), flags);
      return test && ((code) => !test(code));
    }
    default:
      return undefined;
  }
}

/** What `\w` and `\b` call a word character. */
export function wordTest(flags: number): CharTest {
  return (flags & ASCII) !== 0 ? isAsciiWord : isWord;
}

/** `.` */
export function anyNode(flags: number): Node {
  return { kind: 'class', test: (flags & DOTALL) !== 0 ? () => true : (code) => code !== 10 };
}

/** A literal character, in any case if the flags say so. */
export function charNode(code: number, flags: number): Node {
  if ((flags & IGNORECASE) === 0) return { kind: 'char', code };
  const variants = (flags & ASCII) !== 0 ? asciiCaseVariants(code) : caseVariants(code);
  if (variants.length === 1) return { kind: 'char', code };
  return { kind: 'class', test: (other) => variants.includes(other) };
}

/** `[…]` */
export function classNode(items: readonly ClassItem[], negated: boolean, flags: number): Node {
  const [only] = items;
  if (items.length === 1 && typeof only === 'object' && only.from === only.to && !negated)
    return charNode(only.from, flags);
  return { kind: 'class', test: withAsciiTable(memberTest(items, negated, flags)) };
}

function memberTest(items: readonly ClassItem[], negated: boolean, flags: number): CharTest {
  const has = (code: number): boolean =>
    items.some((item) => (typeof item === 'function' ? item(code) : code >= item.from && code <= item.to));
  if ((flags & IGNORECASE) === 0) return (code) => has(code) !== negated;
  const variantsOf = (flags & ASCII) !== 0 ? asciiCaseVariants : caseVariants;
  return (code) => variantsOf(code).some(has) !== negated;
}

function withAsciiTable(test: CharTest): CharTest {
  const table = Array.from({ length: 128 }, (_, code) => test(code));
  return (code) => (code < 128 ? table[code] === true : test(code));
}

/** A reference to what a group matched. */
export function backrefNode(index: number, flags: number): Node {
  const fold = (flags & ASCII) !== 0 ? foldAsciiCase : foldCase;
  return { kind: 'backref', index, fold: (flags & IGNORECASE) !== 0 ? fold : undefined };
}
