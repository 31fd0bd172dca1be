import type { SchemaError } from './keywords.js';

/**
 * The one error to report: the one highest up in the value and, where alternatives failed, the deepest reason below it,
 * as long as one reason stands out. This is how jsonschema 4 for Python chooses.
 */
export function bestMatch(errors: readonly SchemaError[]): SchemaError | undefined {
  let best = errors[0];
  if (best === undefined) return undefined;
  for (const error of errors) if (compare(error, best) > 0) best = error;
  while (best.context.length > 0) {
    const [first, second] = [...best.context].sort(compare);
    if (first === undefined || (second !== undefined && compare(first, second) === 0)) return best;
    best = { ...first, path: [...best.path, ...first.path] };
  }
  return best;
}

const WEAK = new Set(['anyOf', 'oneOf']);

/** Negative: `a` is the more specific one. */
function compare(a: SchemaError, b: SchemaError): number {
  return (
    b.path.length - a.path.length ||
    comparePaths(a.path, b.path) ||
    Number(!WEAK.has(a.keyword)) - Number(!WEAK.has(b.keyword)) ||
    Number(!a.matchesType) - Number(!b.matchesType)
  );
}

function comparePaths(a: SchemaError['path'], b: SchemaError['path']): number {
  for (const [index, step] of a.entries()) {
    const other = b[index];
    if (other === undefined || step === other) continue;
    return step < other ? -1 : 1;
  }
  return 0;
}
