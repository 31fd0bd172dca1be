import { PyRegex, type Budget, type Value } from '../../values/index.js';
import { noMatch } from '../runtime/errors.js';
import type { Frame } from '../runtime/frame.js';
import { TextCache } from '../../text-cache.js';

const patterns = new TextCache(500, (pattern) => new PyRegex(pattern), 200_000);

/** A pattern given as text, compiled; long ones cost. @throws {RegexError} */
export function regexOf(pattern: string, budget: Budget): PyRegex {
  budget.step(pattern.length >> 3);
  return patterns.get(pattern);
}

/** `text =~ pattern`, the pattern being a text or a regex that may match anywhere. */
export function matchesPattern(operator: string, subject: Value, pattern: Value, frame: Frame): boolean {
  const regex = typeof pattern === 'string' ? pattern : pattern instanceof PyRegex ? pattern : null;
  if (typeof subject !== 'string' || regex === null) throw noMatch({ name: `#operator_${operator}` });
  return (typeof regex === 'string' ? regexOf(regex, frame.runtime.budget) : regex).test(subject, frame.runtime.budget);
}
