/** Exit codes of every command; those that follow an execution exit by its state. */
export const EXIT = { success: 0, failure: 1, cancelled: 2, usage: 3 } as const;

/** The caller asked for something that can't be: wrong arguments, a file that isn't there. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** 0 for SUCCESS, 2 for CANCELLED, 1 for everything else. */
export function exitCodeOf(state: string): number {
  if (state === 'SUCCESS') return EXIT.success;
  return state === 'CANCELLED' ? EXIT.cancelled : EXIT.failure;
}
