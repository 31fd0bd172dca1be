import fc from 'fast-check';
import type { DataFunctions, EvaluationScope } from '../../src/core/expressions/index.js';
import { isDict, parseJson, PyFloat, type Json, type JsonObject } from '../../src/core/shared/index.js';

/** Names that lead out of a sandbox in some language, or to members of the host's objects. */
export const FORBIDDEN_NAMES = [
  'constructor',
  '__proto__',
  'prototype',
  'canary',
  'toString',
  'valueOf',
  'hasOwnProperty',
  '__defineGetter__',
  '__lookupGetter__',
  'length',
  'size',
  'call',
  'apply',
  'bind',
  'then',
  '__class__',
  '__mro__',
  '__subclasses__',
  '__init__',
  '__globals__',
  '__builtins__',
  '__import__',
  '__dict__',
  'mro',
  'func_globals',
  'gi_frame',
] as const;

/** Names of the data below, for paths that lead somewhere. */
export const DATA_NAMES = [
  'n',
  'f',
  'big',
  's',
  't',
  'l',
  'd',
  'm',
  'e',
  'nil',
  'yes',
  'deep',
  'a',
  'b',
  'k',
  'x',
] as const;

const FIXED = parseJson(`{
  "n": 7, "f": 2.5, "whole": 4.0, "big": 123456789012345678901234567890, "s": "Hello, wörld 🎈", "t": "a-b-c", "nil": null,
  "yes": true, "e": "", "l": [3, 1, 2], "m": [{"a": 1, "b": "x"}, {"a": 2, "b": "y"}], "d": {"k": 1, "2": "two", "x": {"a": [1, {"b": 2}]}},
  "deep": [[[[1], 2], 3], {"a": {"a": {"a": []}}}], "json": "{\\"a\\": [1, 2.0]}", "template": "<% $.n %> {{ _.n }}"
}`) as JsonObject;

/** Contexts: a fixed one, of which the generators of expressions know the names, with parts of it made at random. */
export const contexts: fc.Arbitrary<JsonObject> = fc
  .dictionary(fc.constantFrom(...DATA_NAMES), randomData(), { maxKeys: 4, noNullPrototype: true })
  .map((some) => deepFreeze(Object.assign({}, FIXED, some)));

function randomData(): fc.Arbitrary<Json> {
  return fc.letrec<Record<'value', Json>>((tie) => ({
    value: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      fc.constantFrom<Json>(null, true, false, 0, -1, 1.5, 2n ** 80n, '', 'a', new PyFloat(3), Infinity, NaN),
      fc.string({ unit: 'binary', maxLength: 8 }),
      fc.integer(),
      fc.double(),
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(fc.constantFrom(...DATA_NAMES), tie('value'), { maxKeys: 3, noNullPrototype: true }),
    ),
  })).value;
}

/** Freezes plain lists and dicts at any depth, so that whoever changes them fails. */
export function deepFreeze<T extends Json>(data: T): T {
  if (Array.isArray(data) || (isDict(data) && !Object.isFrozen(data))) Object.values(data).forEach(deepFreeze);
  return typeof data === 'object' && data !== null && !(data instanceof PyFloat) ? Object.freeze(data) : data;
}

const FUNCTIONS: DataFunctions = {
  env: () => ({ region: 'eu' }),
  execution: () => ({ id: 'e1', input: { a: 1 } }),
  executions: () => [{ id: 'e1' }],
  task: (name) => ({ name, result: [1, { b: null }] }),
  tasks: () => [{ name: 'a' }, { name: 'b' }],
  global: (name) => name,
  uuid: () => '3f0c7a52-9a4e-4c0d-8d6b-0d6d3ff1a001',
  now: () => 1_580_428_800_000_000,
  random: () => 0.5,
};

/** A fiftieth of the budget of an evaluation in a workflow. */
const SMALL = { maxSteps: 100_000, maxOutput: 400_000 };

/** A scope of the engine with a small budget, unless limits are given. */
export function scopeOf(data: JsonObject, limits: EvaluationScope['limits'] = SMALL): EvaluationScope {
  return { layers: [data], functions: FUNCTIONS, limits };
}
