import { DefinitionError, lint, type LintFinding } from '../core/language/index.js';
import { MistralError } from '../core/shared/index.js';
import { LANGUAGE } from './language.js';

/** Whether a text is a valid definition; findings are absent when there are none. */
export type Verdict = ({ readonly valid: true } | { readonly valid: false; readonly error: string }) & {
  /** What makes it invalid, or what is legal but surely not meant, by line and column. */
  readonly findings?: readonly LintFinding[];
};

/** Runs a check that throws for an invalid definition, and looks for more in a valid one. */
export function verdictOf(text: string, check: () => unknown): Verdict {
  try {
    check();
  } catch (error) {
    if (error instanceof MistralError && error.status === 400)
      return { valid: false, error: error.message, ...shown(placeOf(error)) };
    throw error;
  }
  // The kind of a text is guessed there, and known here.
  return { valid: true, ...shown(lint(text, LANGUAGE).filter(({ rule }) => rule !== 'invalid')) };
}

function shown(findings: readonly LintFinding[]): Pick<Verdict, 'findings'> {
  return findings.length === 0 ? {} : { findings };
}

/** Some errors are not about a place, e.g. that of an empty text. */
function placeOf(error: MistralError): readonly LintFinding[] {
  if (!(error instanceof DefinitionError) || error.line === undefined) return [];
  const { line, column = 1, path, message } = error;
  return [{ line, column, path, rule: 'invalid', message }];
}
