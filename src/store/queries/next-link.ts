import type { ListQuery } from './list-query.js';

/**
 * Address of the page after this one, not percent-encoded, as clients take it apart by hand.
 * @param base  e.g. `http://127.0.0.1:8989/v2/executions`
 * @param lastId  id of the last row of this page
 */
export function nextLink(base: string, query: ListQuery, lastId: string): string {
  const parts = [
    `sort_keys=${query.sort.map((key) => key.column.name).join(',')}`,
    `sort_dirs=${query.sort.map((key) => (key.isDescending ? 'desc' : 'asc')).join(',')}`,
    ...query.filters.map((filter) => `${filter.column.name}=${filter.operator}:${encode(filter.value)}`),
    ...query.switches.map(([name, value]) => `${name}=${encode(value)}`),
    `limit=${query.limit}`,
    `marker=${lastId}`,
  ];
  if (query.fields !== null && query.fields.length > 0) parts.push(`fields=${withId(query.fields).join(',')}`);
  return `${base}?${parts.join('&')}`;
}

function withId(fields: readonly string[]): readonly string[] {
  return fields.includes('id') ? fields : ['id', ...fields];
}

/** Only what would break the link or change its meaning is encoded. */
function encode(value: string): string {
  return value.replace(/[%&#+\s]/g, (character) => encodeURIComponent(character));
}
