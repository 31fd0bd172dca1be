import { MistralError } from '../core/shared/index.js';

/** Whether a text is a valid definition. */
export type Verdict = { readonly valid: true } | { readonly valid: false; readonly error: string };

/** Runs a check that throws for an invalid definition. */
export function verdictOf(check: () => unknown): Verdict {
  try {
    check();
    return { valid: true };
  } catch (error) {
    if (error instanceof MistralError && error.status === 400) return { valid: false, error: error.message };
    throw error;
  }
}
