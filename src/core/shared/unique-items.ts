import type { AnySchemaObject } from 'ajv/dist/2020.js';
import type { DataValidateFunction, FuncKeywordDefinition } from 'ajv/dist/types/index.js';

/** `uniqueItems` in linear time, with the texts of the validator's own keyword, which compares each item with each. */
export const UNIQUE_ITEMS: FuncKeywordDefinition = {
  keyword: 'uniqueItems',
  type: 'array',
  schemaType: 'boolean',
  before: 'unevaluatedItems',
  errors: true,
  compile: (mustBeUnique: boolean, parent) => {
    const isScalar = hasScalarItems(parent);
    const check: DataValidateFunction = (items: readonly unknown[]) => {
      const twins = mustBeUnique ? twinsOf(items, isScalar) : undefined;
      if (twins === undefined) return true;
      const [j, i] = twins;
      const message = `must NOT have duplicate items (items ## ${j} and ${i} are identical)`;
      check.errors = [{ keyword: 'uniqueItems', message, params: { i, j } }];
      return false;
    };
    return check;
  },
};

/** The validator looks at such lists in another order, and so names another pair. */
function hasScalarItems({ items }: AnySchemaObject): boolean {
  const type = (items as { readonly type?: string | readonly string[] } | undefined)?.type ?? [];
  const types = typeof type === 'string' ? [type] : type;
  return types.length > 0 && !types.some((one) => one === 'object' || one === 'array');
}

function twinsOf(items: readonly unknown[], isScalar: boolean): readonly [number, number] | undefined {
  const last = new Map<string, number>();
  let found: readonly [number, number] | undefined;
  for (const [index, item] of items.entries()) {
    const key = keyOf(item);
    const before = last.get(key);
    last.set(key, index);
    if (before === undefined) continue;
    if (!isScalar) found = [before, index];
    else if (found === undefined || before > found[1]) found = [index, before];
  }
  return found;
}

/** One text for all values that are equal; objects are, whatever the order of their keys. */
function keyOf(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(keyOf).join()}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  const members = Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}:${keyOf(item)}`);
  return `{${members.sort().join()}}`;
}
