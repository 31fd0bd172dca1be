import { isAsciiDigit, isAsciiSpace, isAsciiWord, isDigit, isSpace, isWord } from '../characters.js';
import type { CharTest, Node } from './ast.js';
import { asciiCaseVariants, caseVariants, foldAsciiCase, foldCase } from './case-folding.js';
import { ASCII, DOTALL, IGNORECASE } from './flags.js';

/** A member of a class in brackets: a range of code points or a category such as `\d`. */
export type ClassItem = { readonly from: number; readonly to: number } | CharTest;

const CATEGORIES = categoriesOf(isDigit, isSpace, isWord);
const ASCII_CATEGORIES = categoriesOf(isAsciiDigit, isAsciiSpace, isAsciiWord);

function categoriesOf(digit: CharTest, space: CharTest, word: CharTest): ReadonlyMap<string, CharTest> {
  const positive = [
    ['d', withMemory(digit)],
    ['s', withMemory(space)],
    ['w', withMemory(word)],
  ] as const;
  const negative = positive.map(
    ([letter, test]) => [letter.toUpperCase(), (code: number): boolean => !test(code)] as const,
  );
  return new Map<string, CharTest>([...positive, ...negative]);
}

/** The test behind `\d \D \s \S \w \W`. */
export function categoryTest(letter: string, flags: number): CharTest | undefined {
  return ((flags & ASCII) !== 0 ? ASCII_CATEGORIES : CATEGORIES).get(letter);
}

/** What `\w` and `\b` call a word character. */
export function wordTest(flags: number): CharTest {
  return categoryTest('w', flags) ?? isWord;
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
  return { kind: 'class', test: withMemory(memberTest(items, negated, flags)) };
}

function memberTest(items: readonly ClassItem[], negated: boolean, flags: number): CharTest {
  const has = anyOf(items);
  if ((flags & IGNORECASE) === 0) return (code) => has(code) !== negated;
  const variantsOf = (flags & ASCII) !== 0 ? asciiCaseVariants : caseVariants;
  return (code) => variantsOf(code).some(has) !== negated;
}

/** Whether one of the items has a code point, in a time that hardly depends on how many there are. */
function anyOf(items: readonly ClassItem[]): CharTest {
  const categories = [...new Set(items.filter((item) => typeof item === 'function'))];
  const ranges = mergeRanges(items.filter((item) => typeof item === 'object'));
  return (code) => isInRanges(ranges, code) || categories.some((category) => category(code));
}

type Range = Exclude<ClassItem, CharTest>;

/** The same code points in ranges that don't touch, in order. */
function mergeRanges(ranges: readonly Range[]): readonly Range[] {
  const merged: Range[] = [];
  for (const range of ranges.toSorted((a, b) => a.from - b.from)) {
    const last = merged.at(-1);
    if (last === undefined || range.from > last.to + 1) merged.push(range);
    else if (range.to > last.to) merged[merged.length - 1] = { from: last.from, to: range.to };
  }
  return merged;
}

function isInRanges(ranges: readonly Range[], code: number): boolean {
  let low = 0;
  let high = ranges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ranges[middle]?.to ?? 0) < code) low = middle + 1;
    else high = middle;
  }
  const found = ranges[low];
  return found !== undefined && found.from <= code;
}

const REMEMBERED = 1_024;

/** Answers at once for ASCII, and for other characters that were asked for before. */
function withMemory(test: CharTest): CharTest {
  const table = Array.from({ length: 128 }, (_, code) => test(code));
  let others = new Map<number, boolean>();
  return (code) => {
    if (code < 128) return table[code] === true;
    const known = others.get(code);
    if (known !== undefined) return known;
    const holds = test(code);
    if (others.size >= REMEMBERED) others = new Map();
    others.set(code, holds);
    return holds;
  };
}

/** A reference to what a group matched. */
export function backrefNode(index: number, flags: number): Node {
  const fold = (flags & ASCII) !== 0 ? foldAsciiCase : foldCase;
  return { kind: 'backref', index, fold: (flags & IGNORECASE) !== 0 ? fold : undefined };
}
