import { describe, expect, it } from '@jest/globals';
import { Conditions } from './conditions.js';
import { addFilter } from './filters.js';
import { addAfter, orderBy } from './keyset.js';
import { type ListQuery, type QueryParameters, readListQuery } from './list-query.js';
import { nextLink } from './next-link.js';
import { ENVIRONMENTS } from './definition-resources.js';
import { EXECUTIONS, TASKS } from './execution-resources.js';

const MEMBER = { projectId: 'p1', isAdmin: false };

function read(parameters: QueryParameters, resource = EXECUTIONS): ListQuery {
  return readListQuery(resource, parameters, MEMBER, 1000);
}

function sqlOf(parameters: QueryParameters, resource = EXECUTIONS): readonly [string, readonly unknown[]] {
  const where = new Conditions();
  for (const filter of read(parameters, resource).filters) addFilter(filter, where);
  return [where.sql.replace(' WHERE ', ''), where.values];
}

describe('a filter', () => {
  it.each<[QueryParameters, string, readonly unknown[]]>([
    [{ state: 'ERROR' }, 't.state = $1', ['ERROR']],
    [{ state: 'eq:ERROR' }, 't.state = $1', ['ERROR']],
    [{ state: 'neq:ERROR' }, 't.state <> $1', ['ERROR']],
    [{ state: 'has:RR' }, 't.state::text LIKE $1', ['%RR%']],
    [{ description: 'has:5%_\\' }, 't.description::text LIKE $1', ['%5\\%\\_\\\\%']],
    [{ state: 'in:ERROR, SUCCESS,' }, 't.state = ANY ($1::text[])', [['ERROR', 'SUCCESS']]],
    [{ state: 'nin:ERROR' }, 't.state <> ALL ($1::text[])', [['ERROR']]],
    [{ description: 'url:x' }, 't.description = $1', ['url:x']],
    [{ state: ['IDLE', 'ERROR'] }, 't.state = $1', ['ERROR']],
    [{ input: '{"a":[1, 2.0]}' }, 't.input = $1', ['{"a": [1, 2.0]}']],
    [{ tags: 'A,b' }, 'position($1 in lower(t.tags)) > 0 AND position($2 in lower(t.tags)) > 0', ['a', 'b']],
    [{ tags: 'in:a,b' }, '(position($1 in lower(t.tags)) > 0 OR position($2 in lower(t.tags)) > 0)', ['a', 'b']],
    [
      { created_at: '2026-01-31 10:00:00' },
      `t.created_at >= $1::timestamptz AND t.created_at < $1::timestamptz + interval '1 second'`,
      ['2026-01-31 10:00:00+00'],
    ],
    [
      { created_at: 'gt:2026-01-31' },
      `t.created_at >= $1::timestamptz + interval '1 second'`,
      ['2026-01-31 00:00:00+00'],
    ],
    [
      { created_at: 'gte:2026-01-31T10:00:00.5Z' },
      `t.created_at >= $1::timestamptz + interval '1 second'`,
      ['2026-01-31 10:00:00+00'],
    ],
    [{ created_at: 'eq:2026-01-31 10:00:00.5' }, 'false', []],
  ])('%j', (parameters, sql, values) => {
    expect(sqlOf(parameters)).toEqual([sql, values]);
  });

  it('reads booleans by their meaning', () => {
    expect(sqlOf({ processed: 'false' }, TASKS)).toEqual(['t.processed = $1::boolean', [false]]);
  });
});

describe('a list', () => {
  it('leaves heavy columns out until they are asked for', () => {
    const names = (parameters: QueryParameters) => read(parameters).columns.map((column) => column.name);
    expect(names({})).not.toContain('output');
    expect(names({ include_output: 'false' })).not.toContain('output');
    expect(names({ include_output: '1' })).toContain('output');
    expect(names({ fields: 'Output, state,published_global' })).toEqual(['id', 'state', 'output']);
  });

  it('sorts by the default, and always by id in the end', () => {
    expect(orderBy(read({}).sort)).toBe(' ORDER BY t.created_at, t.id');
    expect(orderBy(read({ sort_keys: 'state,state,id', sort_dirs: 'desc' }).sort)).toBe(' ORDER BY t.state DESC, t.id');
  });

  it('has no more rows than the server allows', () => {
    expect([read({}).limit, read({ limit: '7' }).limit, read({ limit: '5000' }).limit]).toEqual([1000, 7, 1000]);
  });

  it.each([{ project_id: 'x' }, { all_projects: 'true' }])(
    'of other projects is for administrators: %j',
    (parameters) => {
      expect(() => read(parameters)).toThrow('Operation forbidden');
      expect(readListQuery(EXECUTIONS, parameters, { projectId: 'p1', isAdmin: true }, 10).limit).toBe(10);
    },
  );

  it('knows its own parameters only', () => {
    expect(() => read({ nulls: 'description' }, ENVIRONMENTS)).toThrow('Unknown argument: "nulls"');
  });
});

describe('the rows after a marker', () => {
  const after = (parameters: QueryParameters, marker: readonly (string | null)[]) => {
    const where = new Conditions();
    addAfter(read(parameters).sort, marker, where);
    return where.sql.replace(' WHERE ', '');
  };

  it.each<[QueryParameters, readonly (string | null)[], string]>([
    [
      {},
      ['2026', 'x'],
      't.created_at >= $1::timestamptz AND ' +
        '(t.created_at > $1::timestamptz OR t.created_at = $1::timestamptz AND t.id > $2)',
    ],
    [
      { sort_dirs: 'desc' },
      ['2026', 'x'],
      't.created_at <= $1::timestamptz AND ' +
        '(t.created_at < $1::timestamptz OR t.created_at = $1::timestamptz AND t.id > $2)',
    ],
    [
      { sort_keys: 'state_info' },
      ['why', 'x'],
      '((t.state_info > $1 OR t.state_info IS NULL) OR t.state_info = $1 AND t.id > $2)',
    ],
    [{ sort_keys: 'state_info' }, [null, 'x'], '(t.state_info IS NULL AND t.id > $1)'],
    [
      { sort_keys: 'state_info', sort_dirs: 'desc' },
      ['why', 'x'],
      't.state_info <= $1 AND (t.state_info < $1 OR t.state_info = $1 AND t.id > $2)',
    ],
    [
      { sort_keys: 'state_info', sort_dirs: 'desc' },
      [null, 'x'],
      '(t.state_info IS NOT NULL OR t.state_info IS NULL AND t.id > $1)',
    ],
  ])('%j after %j', (parameters, marker, sql) => {
    expect(after(parameters, marker)).toBe(sql);
  });
});

describe('the link to the next page', () => {
  it('repeats what was asked for', () => {
    const query = read({ state: 'in:ERROR,SUCCESS', description: 'a & b', limit: '2', fields: 'state', nulls: 'tags' });
    expect(nextLink('http://h/v2/executions', query, 'x')).toBe(
      'http://h/v2/executions?sort_keys=created_at,id&sort_dirs=asc,asc&description=eq:a%20%26%20b' +
        '&state=in:ERROR,SUCCESS&nulls=tags&limit=2&marker=x&fields=id,state',
    );
  });
});
