/**
 * The number that a value stands for, or undefined when it is none. Besides `number` and `bigint` it knows the objects by
 * which the engine keeps whole floats (`4.0`) apart from integers. Text is not converted.
 */
export function numberOf(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number(value);
  if (!isWholeFloat(value)) return undefined;
  return Number(value);
}

/** Name of a value's type as the people who write workflows know it: `null`, `boolean`, `integer`, `float`, `text`, `list`, `dict`. */
export function typeName(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'string') return 'text';
  if (typeof value === 'boolean') return 'boolean';
  if (typeof value === 'bigint') return 'integer';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'float';
  if (Array.isArray(value)) return 'list';
  return isWholeFloat(value) ? 'float' : 'dict';
}

function isWholeFloat(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && typeof value.valueOf() === 'number';
}
