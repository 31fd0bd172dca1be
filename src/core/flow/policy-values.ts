import { pyRepr } from '../expressions/index.js';
import { type Json, PyFloat, StateError } from '../shared/index.js';

/** A whole number from 0; whole floats count. @throws StateError `Invalid data type in RetryPolicy: 'x' is not of type 'integer'` */
export function wholeNumber(value: Json, policyClass: string): number {
  const plain = value instanceof PyFloat ? value.value : value;
  if (typeof plain !== 'number' || !Number.isInteger(plain))
    throw wrong(policyClass, value, `is not of type 'integer'`);
  if (plain < 0) throw wrong(policyClass, value, 'is less than the minimum of 0');
  return plain;
}

/** A number within the bounds. @throws StateError */
export function numberWithin(value: Json, policyClass: string, min: number, max: number): number {
  const plain = value instanceof PyFloat ? value.value : value;
  if (typeof plain !== 'number') throw wrong(policyClass, value, `is not of type 'number'`);
  if (plain < min) throw wrong(policyClass, value, `is less than the minimum of ${min}`);
  if (plain > max) throw wrong(policyClass, value, `is greater than the maximum of ${max}`);
  return plain;
}

function wrong(policyClass: string, value: Json, problem: string): StateError {
  return new StateError(`Invalid data type in ${policyClass}: ${pyRepr(value)} ${problem}`);
}
