import { truthy, type Value } from '../../values/index.js';
import { declarer, required } from '../runtime/declaration.js';
import { count, lambda, rule } from '../runtime/kinds.js';
import type { Lambda } from '../runtime/lambda.js';
import { lazily } from '../values/iteration.js';

const declare = declarer('Branching');

export const BRANCHING = [
  declare({
    names: 'switch',
    style: 'function',
    parameters: [],
    rest: required('cases', rule),
    takesRules: true,
    doc: 'The value of the first rule whose condition is true; later conditions and other values are not evaluated. Null when none is.',
    example: ['switch(1 > 2 => a, true => b)', '"b"'],
    run: (_frame, ...cases) => cases.find((one) => truthy(one.key()))?.value() ?? null,
  }),
  declare({
    names: 'selectCase',
    style: 'function',
    parameters: [],
    rest: required('conditions', lambda),
    doc: 'The position of the first condition that is true, or how many there are when none is.',
    example: ['selectCase(false, true)', '1'],
    run: (_frame, ...conditions) => {
      const position = conditions.findIndex((condition) => truthy(condition.call0()));
      return position < 0 ? conditions.length : position;
    },
  }),
  declare({
    names: 'selectAllCases',
    style: 'function',
    parameters: [],
    rest: required('conditions', lambda),
    doc: 'The positions of all conditions that are true.',
    example: ['selectAllCases(true, false, true)', '[0, 2]'],
    run: (frame, ...conditions) => lazily(frame.runtime, truePositions(conditions)),
  }),
  declare({
    names: 'examine',
    style: 'function',
    parameters: [],
    rest: required('conditions', lambda),
    doc: 'For each condition, whether it is true.',
    example: ['examine(1, 0)', '[true, false]'],
    run: (frame, ...conditions) => lazily(frame.runtime, truths(conditions)),
  }),
  declare({
    names: 'switchCase',
    style: 'method',
    parameters: [required('case', count)],
    rest: required('values', lambda),
    doc: 'The value at this position, the last one when there is none there; the other values are not evaluated.',
    example: ['1.switchCase(a, b, c)', '"b"'],
    run: (_frame, position, ...values) => (values[position] ?? values.at(-1))?.call0() ?? null,
  }),
  declare({
    names: 'coalesce',
    style: 'function',
    parameters: [],
    rest: required('values', lambda),
    doc: 'The first value that is not null; the ones after it are not evaluated.',
    example: ['coalesce(null, 1, 2)', '1'],
    run: (_frame, ...values) => firstPresent(values),
  }),
];

function* truePositions(conditions: readonly Lambda[]): Generator<Value, undefined> {
  for (const [i, condition] of conditions.entries()) if (truthy(condition.call0())) yield i;
}

function* truths(conditions: readonly Lambda[]): Generator<Value, undefined> {
  for (const condition of conditions) yield truthy(condition.call0());
}

function firstPresent(values: readonly Lambda[]): Value {
  for (const value of values) {
    const result = value.call0();
    if (result !== null) return result;
  }
  return null;
}
