import type { Column } from './columns.js';
import type { Conditions } from './conditions.js';

export interface SortKey {
  readonly column: Column;
  readonly isDescending: boolean;
}

/** ` ORDER BY t.created_at, t.id`; nulls come last going up and first going down, as PostgreSQL has it. */
export function orderBy(sort: readonly SortKey[]): string {
  return ` ORDER BY ${sort.map((key) => `${key.column.sql}${key.isDescending ? ' DESC' : ''}`).join(', ')}`;
}

/**
 * Keeps the rows strictly after a marker.
 * @param marker  the marker row's values under the sort, as text that PostgreSQL reads back exactly
 */
export function addAfter(sort: readonly SortKey[], marker: readonly (string | null)[], where: Conditions): void {
  const alternatives: string[] = [];
  const ties: string[] = [];
  sort.forEach((key, i) => {
    const value = marker[i] ?? null;
    const placeholder = value === null ? '' : `${where.value(value)}${castOf(key.column)}`;
    if (i === 0) addBound(key, placeholder, where);
    const beyond = beyondValue(key, placeholder);
    if (beyond !== null) alternatives.push([...ties, beyond].join(' AND '));
    ties.push(value === null ? `${key.column.sql} IS NULL` : `${key.column.sql} = ${placeholder}`);
  });
  where.add(alternatives.length === 0 ? 'false' : `(${alternatives.join(' OR ')})`);
}

/** Says again what follows from the alternatives, in the one form that lets an index begin at the marker. */
function addBound({ column, isDescending }: SortKey, placeholder: string, where: Conditions): void {
  if (placeholder === '' || (column.isNullable && !isDescending)) return;
  where.add(`${column.sql} ${isDescending ? '<=' : '>='} ${placeholder}`);
}

function beyondValue({ column, isDescending }: SortKey, placeholder: string): string | null {
  const isNull = placeholder === '';
  if (isDescending) return isNull ? `${column.sql} IS NOT NULL` : `${column.sql} < ${placeholder}`;
  if (isNull) return null;
  return column.isNullable
    ? `(${column.sql} > ${placeholder} OR ${column.sql} IS NULL)`
    : `${column.sql} > ${placeholder}`;
}

function castOf(column: Column): string {
  switch (column.kind) {
    case 'date':
      return '::timestamptz';
    case 'boolean':
      return '::boolean';
    case 'integer':
      return '::integer';
    default:
      return '';
  }
}
