import { noMatch } from '../runtime/errors.js';
import type { Frame } from '../runtime/frame.js';
import type { Value } from '../../values/index.js';

/** `text =~ pattern`, the pattern being a text or a regex that may match anywhere. */
export function matchesPattern(operator: string, subject: Value, pattern: Value, frame: Frame): boolean {
  if (typeof subject !== 'string') throw noMatch({ name: `#operator_${operator}` });
  void pattern;
  void frame;
  throw noMatch({ name: `#operator_${operator}` });
}
