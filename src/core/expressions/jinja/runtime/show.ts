import { isDict } from '../../../shared/index.js';
import { pyRepr, pyStr, type Value } from '../../values/index.js';

/** A value as Jinja prints it: Python's `str()`. @throws {JinjaError} for an undefined value */
export function show(value: Value | undefined): string {
  return isDict<Value>(value) ? pyRepr(value) : pyStr(value);
}
