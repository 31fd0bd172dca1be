import { replaceText, stripText, textLength, type Side, type Value } from '../../values/index.js';
import {
  capitalize,
  escapeValue,
  foldCase,
  likeText,
  Markup,
  swapCase,
  titleWords,
  type Run,
} from '../runtime/index.js';
import { fillArgument, intArgument, textArgument } from './arguments.js';
import { keywordMethod, method, type Method } from './method.js';

type Change = (text: string) => string;

/** A method without arguments whose result is text again. */
function change(name: string, apply: Change): Method<string> {
  return method(name, [], (text, _args, run, receiver) => {
    run.budget.output(text.length);
    return likeText(receiver, apply(text));
  });
}

function strip(name: string, side: Side): Method<string> {
  return method(name, [['chars', null]], (text, [chars], _run, receiver) => {
    const characters = (chars ?? null) === null ? null : textArgument(chars, name);
    return likeText(receiver, stripText(text, characters, side));
  });
}

/** Spaces, or another character, around a text up to a width; an odd one goes where Python puts it. */
export function centerText(text: string, width: number, fill: string, run: Run): string {
  const missing = width - textLength(text);
  if (missing <= 0) return text;
  run.budget.output(width);
  const left = Math.floor(missing / 2) + (missing & width & 1);
  return fill.repeat(left) + text + fill.repeat(missing - left);
}

function pad(name: string, isLeft: boolean): Method<string> {
  return method(name, ['width', ['fillchar', ' ']], (text, [width, fillchar], run, receiver) => {
    const fill = fillFor(receiver, fillchar, run);
    const missing = Math.max(0, intArgument(width) - textLength(text));
    run.budget.output(missing);
    const filling = fill.repeat(missing);
    return likeText(receiver, isLeft ? text + filling : filling + text);
  });
}

function fillFor(receiver: Value, fillchar: Value | undefined, run: Run): string {
  return fillArgument(receiver instanceof Markup ? escapeValue(fillchar ?? ' ', run) : fillchar);
}

function zeroFill(text: string, width: number, run: Run): string {
  const missing = width - textLength(text);
  if (missing <= 0) return text;
  run.budget.output(width);
  const sign = text.startsWith('+') || text.startsWith('-') ? text.charAt(0) : '';
  return sign + '0'.repeat(missing) + text.slice(sign.length);
}

function expandTabs(text: string, size: number, run: Run): string {
  let column = 0;
  let result = '';
  for (const char of text) {
    const piece = char === '\t' ? ' '.repeat(size > 0 ? size - (column % size) : 0) : char;
    run.budget.output(piece.length);
    result += piece;
    column = char === '\n' || char === '\r' ? 0 : column + textLength(piece);
  }
  return result;
}

/** Methods of `str` that give another text. */
export const CHANGE_METHODS: readonly Method<string>[] = [
  change('upper', (text) => text.toUpperCase()),
  change('lower', (text) => text.toLowerCase()),
  change('casefold', foldCase),
  change('capitalize', capitalize),
  change('title', titleWords),
  change('swapcase', swapCase),
  strip('strip', 'both'),
  strip('lstrip', 'left'),
  strip('rstrip', 'right'),
  pad('ljust', true),
  pad('rjust', false),
  method('center', ['width', ['fillchar', ' ']], (text, [width, fillchar], run, receiver) =>
    likeText(receiver, centerText(text, intArgument(width), fillFor(receiver, fillchar, run), run)),
  ),
  method('zfill', ['width'], (text, [width], run, receiver) =>
    likeText(receiver, zeroFill(text, intArgument(width), run)),
  ),
  keywordMethod('expandtabs', [['tabsize', 8]], (text, [size], run, receiver) =>
    likeText(receiver, expandTabs(text, intArgument(size), run)),
  ),
  method('replace', ['old', 'new', ['count', -1]], (text, [old, fresh, count], run, receiver) => {
    const replacement =
      receiver instanceof Markup ? escapeValue(fresh ?? null, run) : textArgument(fresh, 'replace() argument 2');
    return likeText(
      receiver,
      replaceText(text, textArgument(old, 'replace() argument 1'), replacement, intArgument(count), run.budget),
    );
  }),
  method('removeprefix', ['prefix'], (text, [prefix], _run, receiver) => {
    const part = textArgument(prefix, 'removeprefix()');
    return likeText(receiver, text.startsWith(part) ? text.slice(part.length) : text);
  }),
  method('removesuffix', ['suffix'], (text, [suffix], _run, receiver) => {
    const part = textArgument(suffix, 'removesuffix()');
    return likeText(receiver, part !== '' && text.endsWith(part) ? text.slice(0, -part.length) : text);
  }),
];
