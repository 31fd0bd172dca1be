import { PyError, EvaluationError } from '../../errors.js';
import { dictEntries } from '../../../shared/index.js';
import { PyIterator, truthy, type Value } from '../../values/index.js';
import { invoke } from '../runtime/call-site.js';
import { declarer, nullable, optional, optionalNullable, required } from '../runtime/declaration.js';
import type { Declaration } from '../runtime/frame.js';
import type { Frame } from '../runtime/frame.js';
import { any, dict, iterable, lambda, sequence, text } from '../runtime/kinds.js';
import { Lambda } from '../runtime/lambda.js';
import { memorize, type Walkable } from '../values/iteration.js';
import { NO_VALUE } from '../values/no-value.js';
import { slice } from './filtering.js';

const declare = declarer('System');

export const SYSTEM = [
  declare({
    names: 'let',
    style: 'function',
    parameters: [],
    rest: nullable('args', any),
    takesNamed: true,
    doc: 'Sets `$1`, `$2`… and named variables for the expression right of `->`.',
    example: ['let(a => 2) -> $a * 3', '6'],
    run: (frame, ...args) => {
      const named = args.pop() as unknown as ReadonlyMap<string, Value>;
      const context = withPositional(frame, args);
      for (const [name, value] of named) context.set(`$${name}`, value);
      return context;
    },
  }),
  declare({
    names: 'with',
    style: 'function',
    parameters: [],
    rest: nullable('args', any),
    doc: 'Sets `$1`, `$2`… for the expression right of `->`.',
    example: ['with(2, 3) -> $1 * $2', '6'],
    run: (frame, ...args) => withPositional(frame, args),
  }),
  declare({
    names: 'def',
    style: 'function',
    parameters: [required('name', text), required('func', lambda)],
    doc: 'Defines a function for the expression right of `->`; it sees its arguments as `$`, `$2`… and by name.',
    example: ['def(square, $ * $) -> square(4)', '16'],
    run: (frame, name, body) => {
      const context = frame.child();
      context.define(camelCase(name), userFunction(name, new Lambda(body.code, context)));
      return context;
    },
  }),
  declare({
    names: 'unpack',
    style: 'method',
    parameters: [required('sequence', iterable)],
    rest: required('names', text),
    doc: 'Sets variables to the items of a collection, which must be as many as the names; `$1`, `$2`… without names.',
    example: ['[1, 2].unpack(a, b) -> $a - $b', '-1'],
    run: (frame, items, ...names) => unpack(frame, items, names),
  }),
  declare({
    names: 'assert',
    style: 'method',
    parameters: [nullable('obj', any), required('condition', lambda), optional('message', text, 'Assertion failed')],
    doc: 'The value itself if the condition is true for it, otherwise an error with the message.',
    example: ['5.assert($ > 1)', '5'],
    run: (frame, value, condition, message) => {
      const kept = value instanceof PyIterator ? memorize(frame.runtime, value) : value;
      if (!truthy(condition.call1(kept))) throw new EvaluationError(message);
      return kept;
    },
  }),
  declare({
    names: 'call',
    style: 'function',
    parameters: [
      required('name', text),
      required('args', sequence),
      required('kwargs', dict),
      optionalNullable('receiver', any, undefined),
    ],
    doc: 'Calls a function by its name, with a list of arguments and a dict of named ones.',
    example: ['call(len, [abc], {})', '3'],
    run: (frame, name, args, named, receiver) => {
      const pairs = dictEntries<Value>(named);
      if (pairs.some(([key]) => typeof key !== 'string')) throw new PyError('TypeError', 'expected string keys');
      return invoke(frame.child(), name, args, pairs as readonly (readonly [string, Value])[], receiver);
    },
  }),
];

function withPositional(frame: Frame, args: readonly Value[]): Frame {
  const context = frame.child();
  for (const [i, value] of args.entries()) if (value !== NO_VALUE) context.set(`$${i + 1}`, value);
  return context;
}

function unpack(frame: Frame, items: Walkable, names: readonly string[]): Frame {
  const context = frame.child();
  // Even without names one item is looked at first, and so lost when the items come from an iterator.
  const found = [...slice(items, 0, names.length + 1, frame)];
  if (names.length === 0) {
    let position = 0;
    for (const item of items) context.set(`$${++position}`, item);
    return context;
  }
  if (found.length !== names.length) {
    throw new PyError('ValueError', `Cannot unpack ${found.length} elements into ${names.length}`);
  }
  for (const [i, name] of names.entries()) context.set(name, found[i] ?? null);
  return context;
}

/** The convention that turns Python's names into YAQL's applies to functions an expression defines, too. */
function camelCase(name: string): string {
  return name.replace(/(?!^)_([\p{L}\p{N}_])/gu, (_match, letter: string) => letter.toUpperCase());
}

function userFunction(name: string, body: Lambda): Declaration {
  return declare({
    names: name,
    style: 'function',
    parameters: [],
    rest: nullable('args', any),
    takesNamed: true,
    doc: 'Defined by the expression.',
    run: (_frame, ...args) => {
      const named = args.pop() as unknown as ReadonlyMap<string, Value>;
      return body.call(
        args,
        [...named].map(([key, value]) => [`$${key}`, value] as const),
      );
    },
  });
}
