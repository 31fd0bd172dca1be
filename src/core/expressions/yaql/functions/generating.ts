import { PyError } from '../../errors.js';
import { add, normalInt, truthy, type Value } from '../../values/index.js';
import { declarer, nullable, optional, optionalNullable, required } from '../runtime/declaration.js';
import type { Frame } from '../runtime/frame.js';
import { any, bits, bool, count, iterable, lambda } from '../runtime/kinds.js';
import type { Lambda } from '../runtime/lambda.js';
import { HashSet } from '../values/hash-set.js';
import { lazily, pythonItems, type Walkable } from '../values/iteration.js';

const declare = declarer('Generators');

export const GENERATING = [
  declare({
    names: 'range',
    style: 'function',
    parameters: [required('stop', bits)],
    doc: 'The integers from 0 up to, but without, `stop`.',
    example: ['range(3)', '[0, 1, 2]'],
    run: (frame, stop) => lazily(frame.runtime, range(0, Number(stop), 1)),
  }),
  declare({
    names: 'range',
    style: 'function',
    parameters: [required('start', bits), required('stop', bits), optional('step', bits, 1)],
    doc: 'The integers from `start` up to, but without, `stop`.',
    example: ['range(1, 10, 4)', '[1, 5, 9]'],
    run: (frame, start, stop, step) => {
      if (Number(step) === 0) throw new PyError('ValueError', 'range() arg 3 must not be zero');
      return lazily(frame.runtime, exactRange(BigInt(start), BigInt(stop), BigInt(step)));
    },
  }),
  declare({
    names: 'sequence',
    style: 'function',
    parameters: [optional('start', bits, 0), optional('step', bits, 1)],
    doc: 'The integers from `start` on, without an end.',
    example: ['sequence(5).limit(3)', '[5, 6, 7]'],
    run: (frame, start, step) => lazily(frame.runtime, endless(start, normalInt(BigInt(step)))),
  }),
  declare({
    names: 'repeat',
    style: 'method',
    parameters: [nullable('value', any), optional('times', count, -1)],
    doc: 'The value again and again; without end when `times` is negative.',
    example: ['a.repeat(2)', '["a", "a"]'],
    run: (frame, value, times) => lazily(frame.runtime, repeat(value, times < 0 ? Infinity : times)),
  }),
  declare({
    names: 'cycle',
    style: 'method',
    parameters: [required('collection', iterable)],
    doc: 'The items again and again, without an end.',
    example: ['[1, 2].cycle().limit(3)', '[1, 2, 1]'],
    run: (frame, collection) => lazily(frame.runtime, cycle(collection)),
  }),
  declare({
    names: 'generate',
    style: 'function',
    parameters: [
      nullable('initial', any),
      required('predicate', lambda),
      required('producer', lambda),
      optional('selector', lambda, null),
      optional('decycle', bool, false),
    ],
    doc: 'Values made each from the one before, as long as the predicate is true; `decycle` stops at one that was there before.',
    example: ['generate(1, $ < 10, $ * 2)', '[1, 2, 4, 8]'],
    run: (frame, initial, predicate, producer, selector, decycle) =>
      lazily(
        frame.runtime,
        generate(initial, predicate, producer, selector, decycle ? new HashSet(frame.runtime) : null),
      ),
  }),
  declare({
    names: 'generateMany',
    style: 'function',
    parameters: [
      nullable('initial', any),
      required('producer', lambda),
      optional('selector', lambda, null),
      optional('decycle', bool, false),
      optionalNullable('depthFirst', bool, false),
    ],
    doc: 'A value, all values made from it, all made from those, and so on.',
    example: ['generateMany(1, switch($ < 3 => [$ + 1, $ + 2], true => []))', '[1, 2, 3, 3, 4]'],
    run: (frame, initial, producer, selector, decycle, depthFirst) =>
      lazily(
        frame.runtime,
        generateMany(frame, { initial, producer, selector, decycle, depthFirst: depthFirst === true }),
      ),
  }),
];

function* range(start: number, stop: number, step: number): Generator<Value, undefined> {
  for (let value = start; value < stop; value += step) yield value;
}

function* exactRange(start: bigint, stop: bigint, step: bigint): Generator<Value, undefined> {
  for (let value = start; step > 0n ? value < stop : value > stop; value += step) yield normalInt(value);
}

/** A boolean start is yielded as it is unless the step is 1, and counts as a number from then on. */
function* endless(start: number | bigint | boolean, step: number | bigint): Generator<Value, undefined> {
  yield step === 1 ? normalInt(BigInt(start)) : start;
  for (let value = add(normalInt(BigInt(start)), step); ; value = add(value, step)) yield value;
}

function* repeat(value: Value, times: number): Generator<Value, undefined> {
  for (let i = 0; i < times; i++) yield value;
}

function* cycle(items: Walkable): Generator<Value, undefined> {
  const seen: Value[] = [];
  for (const item of items) {
    seen.push(item);
    yield item;
  }
  while (seen.length > 0) yield* seen;
}

function* generate(
  initial: Value,
  predicate: Lambda,
  producer: Lambda,
  selector: Lambda | null,
  seen: HashSet | null,
): Generator<Value, undefined> {
  let value = initial;
  while (truthy(predicate.call1(value))) {
    if (seen?.add(value) === false) return;
    yield selector === null ? value : selector.call1(value);
    value = producer.call1(value);
  }
}

interface Generation {
  readonly initial: Value;
  readonly producer: Lambda;
  readonly selector: Lambda | null;
  readonly decycle: boolean;
  readonly depthFirst: boolean;
}

function* generateMany(frame: Frame, plan: Generation): Generator<Value, undefined> {
  const seen = plan.decycle ? new HashSet(frame.runtime) : null;
  // Walked from its end when going deep, from its start when going wide.
  const waiting: Value[] = [plan.initial];
  for (let at = 0; plan.depthFirst ? waiting.length > 0 : at < waiting.length;) {
    const item = (plan.depthFirst ? waiting.pop() : waiting[at++]) ?? null;
    if (seen?.add(item) === false) continue;
    yield plan.selector === null ? item : plan.selector.call1(item);
    const produced = [...pythonItems(plan.producer.call1(item))];
    frame.runtime.budget.output(produced.length);
    for (const next of plan.depthFirst ? produced.toReversed() : produced) waiting.push(next);
  }
}
