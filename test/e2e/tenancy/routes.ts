import fc from 'fast-check';
import type { Operation } from '../../support/open-api.js';
import type { Names } from './world.js';

type Value = (names: Names) => string;

/** A query parameter with a value that may name somebody's thing. */
export type Parameter = readonly [name: string, value: Value];

/** Any few of the query parameters that an operation has. */
export function queriesOf({ parameters }: Operation): fc.Arbitrary<readonly Parameter[]> | undefined {
  const names = parameters.filter((one) => one.in === 'query').map((one) => one.name);
  if (names.length === 0) return undefined;
  const one = fc.constantFrom(...names).chain((name) => valueOf(name).map((value) => [name, value] as const));
  return fc.uniqueArray(one, { minLength: 1, maxLength: 4, selector: ([name]) => name });
}

const KINDS: readonly (keyof Names)[] = [
  'workflow',
  'workflowName',
  'execution',
  'chosenExecution',
  'task',
  'actionName',
];
const WORDS = ['SUCCESS', 'RUNNING', 'private', 'public', 'true', 'a', '2026-01-01 00:00:00', '{"word": "x"}'];

function valueOf(name: string): fc.Arbitrary<Value> {
  const known = fc.constantFrom(...KINDS).map((kind) => (names: Names) => names[kind]);
  const words = (...list: readonly string[]): fc.Arbitrary<Value> => fc.constantFrom(...list).map((word) => () => word);
  switch (name) {
    case 'limit':
      return words('1', '2', '1000');
    case 'marker':
      return known;
    case 'sort_keys':
    case 'fields':
      return words('id', 'name', 'created_at', 'state', 'project_id', 'output');
    case 'sort_dirs':
      return words('asc', 'desc');
    case 'wait':
      return words('0', '1');
    case 'max_depth':
      return words('-1', '0', '1');
    case 'count':
    case 'include_output':
    case 'errors_only':
    case 'statistics_only':
    case 'force':
    case 'all_projects':
      return words('true', 'false');
    default:
      return fc
        .tuple(fc.constantFrom('', 'eq:', 'neq:', 'in:', 'nin:', 'has:', 'gt:', 'lte:'), known, words(...WORDS))
        .map(([operator, thing, word]) => (names: Names) => {
          const isOrdered = operator === 'gt:' || operator === 'lte:';
          return `${operator}${isOrdered ? word(names) : thing(names)}`;
        });
  }
}
