import { PyDict } from '../../../shared/index.js';
import {
  PY_SPACE,
  PyTuple,
  repeatText,
  replaceText,
  splitLines,
  stripText,
  textLength,
  textSlice,
  truthy,
  typeName,
  type Value,
} from '../../values/index.js';
import { centerText, formatPercent, intArgument, textArgument } from '../methods/index.js';
import {
  capitalize,
  escapeValue,
  lengthOf,
  likeText,
  Markup,
  softText,
  textOf,
  typeError,
  Undefined,
  JinjaError,
  type Arguments,
  type Run,
} from '../runtime/index.js';
import { PyError } from '../../errors.js';
import { defineFilter, defineOpenFilter, type FilterDefinition } from './definition.js';
import { wrapText } from './word-wrap.js';

type TextChange = (text: string, args: readonly Value[], run: Run) => string;

/** A filter on the value as text; markup stays markup. */
function change(description: Parameters<typeof defineFilter>[0], apply: TextChange): FilterDefinition {
  return defineFilter(description, (value, args, run) => {
    const text = softText(value, run);
    const result = apply(textOf(text) ?? '', args, run);
    run.budget.output(result.length);
    return likeText(text, result);
  });
}

const WORD_START = new RegExp(`([-${PY_SPACE}({[<]+)`);

function title(text: string): string {
  return text
    .split(WORD_START)
    .map((part) => {
      const first = String.fromCodePoint(part.codePointAt(0) ?? 0);
      return part === '' ? '' : first.toUpperCase() + part.slice(first.length).toLowerCase();
    })
    .join('');
}

function replace(value: Value, [old, fresh, count]: readonly Value[], run: Run): Value {
  const limit = (count ?? null) === null ? -1 : intArgument(count);
  if (!run.autoescape) return replaceText(run.show(value), run.show(old), run.show(fresh), limit, run.budget);
  const escapes = old instanceof Markup || (fresh instanceof Markup && !(value instanceof Markup));
  const text = escapes ? new Markup(escapeValue(value, run)) : softText(value, run);
  const replacement = text instanceof Markup ? escapeValue(fresh ?? null, run) : run.show(fresh);
  return likeText(text, replaceText(textOf(text) ?? '', run.show(old), replacement, limit, run.budget));
}

/** Fails as Python does when text is needed. */
function mustBeText(value: Value): string {
  const text = textOf(value);
  if (text !== undefined) return text;
  if (value instanceof Undefined) value.fail();
  throw typeError(`can only concatenate str (not "${typeName(value)}") to str`);
}

function indent(value: Value, [width, first, blank]: readonly Value[], run: Run): Value {
  const prefix = textOf(width ?? null) ?? repeatText(' ', intArgument(width), run.budget);
  const lines = splitLines(`${mustBeText(value)}\n`);
  run.budget.output(lines.length * prefix.length);
  const [head = '', ...rest] = lines;
  const indented = rest.map((line) => (line !== '' || truthy(blank) ? prefix + line : line));
  return likeText(value, [truthy(first) ? prefix + head : head, ...indented].join('\n'));
}

function truncate(value: Value, [length, killsWords, end, leeway]: readonly Value[], run: Run): Value {
  const limit = intArgument(length);
  const ending = mustBeText(end ?? null);
  const slack = (leeway ?? null) === null ? 5 : intArgument(leeway);
  const kept = limit - textLength(ending);
  if (kept < 0) throw new PyError('ValueError', `expected length >= ${textLength(ending)}, got ${limit}`);
  if (slack < 0) throw new PyError('ValueError', `expected leeway >= 0, got ${slack}`);
  if (lengthOf(value) <= limit + slack) return value;
  const text = mustBeText(value);
  const head = textSlice(text, 0, kept);
  const cut = truthy(killsWords) ? -1 : head.lastIndexOf(' ');
  const shown = cut < 0 ? head : head.slice(0, cut);
  return likeText(value, shown + (value instanceof Markup ? escapeValue(end ?? null, run) : ending));
}

function wordWrap(
  value: Value,
  [width, breaksLongWords, separator, breaksOnHyphens]: readonly Value[],
  run: Run,
): Value {
  const options = {
    width: (): number => intArgument(width),
    breaksLongWords: truthy(breaksLongWords),
    breaksOnHyphens: truthy(breaksOnHyphens),
    spend: (count: number): void => run.budget.step(count),
  };
  const wrapped = wrapText(mustBeText(value), textOf(separator ?? null) ?? '\n', options);
  run.budget.output(wrapped.length);
  return wrapped;
}

function format(value: Value, { positional, named }: Arguments, run: Run): Value {
  if (positional.length > 0 && named.size > 0) {
    throw new JinjaError('FilterArgumentError', "can't handle positional and keyword arguments at the same time");
  }
  const text = softText(value, run);
  const values = named.size > 0 ? new PyDict<Value>(named) : new PyTuple(positional);
  return formatPercent(text, textOf(text) ?? '', values, run);
}

/** Filters on text. */
export const TEXT_FILTERS: readonly FilterDefinition[] = [
  change({ names: ['upper'], doc: 'Upper case.', example: "{{ 'abc'|upper }} → ABC" }, (text) => text.toUpperCase()),
  change({ names: ['lower'], doc: 'Lower case.', example: "{{ 'ABC'|lower }} → abc" }, (text) => text.toLowerCase()),
  change(
    { names: ['capitalize'], doc: 'First letter upper case, the rest lower.', example: "{{ 'aBC'|capitalize }} → Abc" },
    capitalize,
  ),
  change(
    { names: ['title'], doc: 'Every word capitalised.', example: "{{ 'hello wORLD'|title }} → Hello World" },
    title,
  ),
  change(
    {
      names: ['trim'],
      parameters: [['chars', null]],
      doc: 'Without white space, or other characters, at both ends.',
      example: "{{ ' x '|trim }} → x",
    },
    (text, [chars]) => stripText(text, (chars ?? null) === null ? null : textArgument(chars, 'strip'), 'both'),
  ),
  change(
    {
      names: ['center'],
      parameters: [['width', 80]],
      doc: 'In the middle of a field of a given width.',
      example: "{{ ['ab'|center(6)] }} → ['  ab  ']",
    },
    (text, [width], run) => centerText(text, intArgument(width), ' ', run),
  ),
  defineFilter({ names: ['string'], doc: 'The value as text.', example: '{{ 5|string }} → 5' }, (value, _args, run) =>
    softText(value, run),
  ),
  defineFilter(
    {
      names: ['replace'],
      parameters: ['old', 'new', ['count', null]],
      doc: 'With all, or the first so many, occurrences of a part replaced.',
      example: "{{ 'hello'|replace('l', 'L', 1) }} → heLlo",
    },
    replace,
  ),
  defineFilter(
    {
      names: ['indent'],
      parameters: [
        ['width', 4],
        ['first', false],
        ['blank', false],
      ],
      doc: 'Every line but the first indented; on request the first and empty ones too.',
      example: "{{ ['a\\nb'|indent(2)] }} → ['a\\n  b']",
    },
    indent,
  ),
  defineFilter(
    {
      names: ['truncate'],
      parameters: [
        ['length', 255],
        ['killwords', false],
        ['end', '...'],
        ['leeway', null],
      ],
      doc: 'Cut to a length, between words unless asked, when it is more than the leeway (5) too long.',
      example: "{{ 'Hello World'|truncate(5) }} → He...",
    },
    truncate,
  ),
  defineFilter(
    {
      names: ['wordwrap'],
      parameters: [
        ['width', 79],
        ['break_long_words', true],
        ['wrapstring', null],
        ['break_on_hyphens', true],
      ],
      doc: 'Broken into lines of at most a width.',
      example: "{{ 'a b c'|wordwrap(3, wrapstring='|') }} → a b|c",
    },
    wordWrap,
  ),
  defineOpenFilter(
    {
      names: ['format'],
      signature: 'format(value, …)',
      doc: 'Fills in `%s`, `%d` and the like.',
      example: "{{ '%s-%02d'|format('a', 5) }} → a-05",
    },
    format,
  ),
  defineFilter(
    { names: ['wordcount'], doc: 'Number of words.', example: "{{ 'a b'|wordcount }} → 2" },
    (value, _args, run) => (run.show(value).match(/[\p{L}\p{N}_]+/gu) ?? []).length,
  ),
];
