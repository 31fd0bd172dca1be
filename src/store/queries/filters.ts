import type { Column } from './columns.js';
import type { Conditions } from './conditions.js';
import { readDate, readFlag, readInteger, readItems, readStoredJson } from './field-values.js';

const OPERATORS = ['eq', 'neq', 'gt', 'gte', 'lt', 'lte', 'in', 'nin', 'has'] as const;
type Operator = (typeof OPERATORS)[number];

/** `gt:2026-01-31 10:00:00` on a column. */
export interface Filter {
  readonly column: Column;
  readonly operator: Operator;
  readonly value: string;
}

const PREFIX = /^(eq|neq|gt|gte|lt|lte|in|nin|has):/;
const COMPARE: Readonly<Record<'eq' | 'neq' | 'gt' | 'gte' | 'lt' | 'lte', string>> = {
  eq: '=',
  neq: '<>',
  gt: '>',
  gte: '>=',
  lt: '<',
  lte: '<=',
};

/** Splits the operator off; a value with any other prefix is a plain value. */
export function readFilter(column: Column, text: string): Filter {
  const operator = OPERATORS.find((name) => PREFIX.exec(text)?.[1] === name);
  if (operator === undefined) return { column, operator: 'eq', value: text };
  return { column, operator, value: text.slice(operator.length + 1) };
}

/**
 * Adds the condition of a filter; rows whose column is null never pass.
 * @throws {InputError} when the value does not fit the column
 */
export function addFilter(filter: Filter, where: Conditions): void {
  const { column, value } = filter;
  if (column.kind === 'tags') addTags(filter, where);
  else if (filter.operator === 'has') where.add(`${column.sql}::text LIKE ${where.value(`%${literally(value)}%`)}`);
  else if (filter.operator === 'in' || filter.operator === 'nin') addMembers(filter, where);
  else if (column.kind === 'date') addDate(column, filter.operator, value, where);
  else where.add(`${column.sql} ${COMPARE[filter.operator]} ${where.value(stored(column, value))}${cast(column)}`);
}

/** What LIKE would take for a pattern stands for itself. */
function literally(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}

function addMembers({ column, operator, value }: Filter, where: Conditions): void {
  const members = readItems(value).map((item) => stored(column, item));
  const quantified = operator === 'in' ? '= ANY' : '<> ALL';
  const sql = column.kind === 'date' ? `date_trunc('second', ${column.sql})` : column.sql;
  where.add(`${sql} ${quantified} (${where.value(members)}${cast(column) || '::text'}[])`);
}

/** Dates are shown to the second, so they are compared to the second. */
function addDate(column: Column, operator: keyof typeof COMPARE, value: string, where: Conditions): void {
  const { second, hasFraction } = readDate(column.name, value);
  if (hasFraction && (operator === 'eq' || operator === 'neq')) {
    where.add(operator === 'eq' ? 'false' : `${column.sql} IS NOT NULL`);
    return;
  }
  const start = `${where.value(`${second}+00`)}::timestamptz`;
  const next = `${start} + interval '1 second'`;
  const after = hasFraction ? next : start;
  const sql = column.sql;
  const conditions: Readonly<Record<keyof typeof COMPARE, string>> = {
    eq: `${sql} >= ${start} AND ${sql} < ${next}`,
    neq: `(${sql} < ${start} OR ${sql} >= ${next})`,
    gt: `${sql} >= ${next}`,
    gte: `${sql} >= ${after}`,
    lt: `${sql} < ${after}`,
    lte: `${sql} < ${next}`,
  };
  where.add(conditions[operator]);
}

/** `tags=a,b` wants rows with all of them, `in:` with any, `nin:` and `neq:` with none; the case of letters is ignored. */
function addTags({ column, operator, value }: Filter, where: Conditions): void {
  const found = readItems(value).map(
    (tag) => `position(${where.value(JSON.stringify(tag).slice(1, -1).toLowerCase())} in lower(${column.sql})) > 0`,
  );
  if (found.length === 0) return;
  if (operator === 'in') where.add(`(${found.join(' OR ')})`);
  else if (operator === 'nin' || operator === 'neq') where.add(`NOT (${found.join(' OR ')})`);
  else where.add(found.join(' AND '));
}

function stored(column: Column, value: string): unknown {
  switch (column.kind) {
    case 'json':
    case 'raw':
      return readStoredJson(column.name, value);
    case 'boolean':
      return readFlag(column.name, value);
    case 'integer':
      return readInteger(column.name, value);
    case 'date':
      return `${readDate(column.name, value).second}+00`;
    case 'uuid':
    case 'text':
    case 'tags':
      return value;
  }
}

function cast(column: Column): string {
  switch (column.kind) {
    case 'boolean':
      return '::boolean';
    case 'integer':
      return '::integer';
    case 'date':
      return '::timestamptz';
    default:
      return '';
  }
}

/** Texts that a filter takes for identifiers. */
export function identifiersIn({ column, operator, value }: Filter): readonly string[] {
  if (column.kind !== 'uuid' || operator === 'has') return [];
  return operator === 'in' || operator === 'nin' ? readItems(value) : [value];
}
