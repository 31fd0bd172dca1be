import { PyTuple, rightSplitText, splitLines, splitText, truthy, typeName, type Value } from '../../values/index.js';
import { escapeValue, iterate, likeText, Markup, textOf, typeError, valueError, type Run } from '../runtime/index.js';
import { intArgument, textArgument } from './arguments.js';
import { keywordMethod, method, type Method } from './method.js';

const SPLIT = [
  ['sep', null],
  ['maxsplit', -1],
] as const;

function separator(sep: Value | undefined): string | null {
  if ((sep ?? null) === null) return null;
  const text = textArgument(sep, 'must be str or None, not');
  if (text === '') throw valueError('empty separator');
  return text;
}

function pieces(receiver: Value, parts: readonly string[], run: Run): Value {
  run.budget.output(parts.length);
  return receiver instanceof Markup ? parts.map((part) => likeText(receiver, part)) : parts;
}

function partition(text: string, sep: string, fromRight: boolean): readonly [string, string, string] {
  const at = fromRight ? text.lastIndexOf(sep) : text.indexOf(sep);
  if (at < 0) return fromRight ? ['', '', text] : [text, '', ''];
  return [text.slice(0, at), sep, text.slice(at + sep.length)];
}

function partitionMethod(name: string, fromRight: boolean): Method<string> {
  return method(name, ['sep'], (text, [sep], _run, receiver) => {
    const part = separator(textArgument(sep, 'must be str, not')) ?? '';
    return new PyTuple(partition(text, part, fromRight).map((piece) => likeText(receiver, piece)));
  });
}

/** Items, all of them text, with the receiver between them; a markup receiver escapes them. */
function join(text: string, items: Value, run: Run, receiver: Value): Value {
  const parts: string[] = [];
  for (const item of iterate(items)) {
    run.budget.step();
    const part = receiver instanceof Markup ? escapeValue(item, run) : textOf(item);
    if (part === undefined) {
      throw typeError(`sequence item ${parts.length}: expected str instance, ${typeName(item)} found`);
    }
    run.budget.output(part.length + text.length);
    parts.push(part);
  }
  return likeText(receiver, parts.join(text));
}

/** Methods of `str` that take it apart or put it together. */
export const SPLIT_METHODS: readonly Method<string>[] = [
  keywordMethod('split', SPLIT, (text, [sep, limit], run, receiver) =>
    pieces(receiver, splitText(text, separator(sep), intArgument(limit)), run),
  ),
  keywordMethod('rsplit', SPLIT, (text, [sep, limit], run, receiver) =>
    pieces(receiver, rightSplitText(text, separator(sep), intArgument(limit)), run),
  ),
  keywordMethod('splitlines', [['keepends', false]], (text, [keepsEnds], run, receiver) =>
    pieces(receiver, splitLines(text, truthy(keepsEnds)), run),
  ),
  partitionMethod('partition', false),
  partitionMethod('rpartition', true),
  method('join', ['iterable'], (text, [items], run, receiver) => join(text, items ?? null, run, receiver)),
];
