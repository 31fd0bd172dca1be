import type { Value } from '../../values/index.js';
import { divide, minus, mod, negative, plus, positive, times } from '../operators/arithmetic.js';
import { isGreater, isGreaterOrEqual, isIn, isLess, isLessOrEqual } from '../operators/comparison.js';
import { matchesPattern } from '../operators/matching.js';
import type { Frame } from '../runtime/frame.js';
import { yaqlEquals } from '../values/equality.js';

export type BinaryOperation = (left: Value, right: Value, frame: Frame) => Value;

/** Operators whose both sides are always evaluated. */
export const BINARY: ReadonlyMap<string, BinaryOperation> = new Map<string, BinaryOperation>([
  ['+', plus],
  ['-', minus],
  ['*', times],
  ['/', divide],
  ['mod', mod],
  ['<', isLess],
  ['<=', isLessOrEqual],
  ['>', isGreater],
  ['>=', isGreaterOrEqual],
  ['=', yaqlEquals],
  ['!=', (left, right, frame) => !yaqlEquals(left, right, frame)],
  ['in', isIn],
  ['=~', (left, right, frame) => matchesPattern('=~', left, right, frame)],
  ['!~', (left, right, frame) => !matchesPattern('!~', left, right, frame)],
]);

export const UNARY: ReadonlyMap<string, (operand: Value) => Value> = new Map([
  ['-', negative],
  ['+', positive],
]);
