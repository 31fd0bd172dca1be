const MIB = 2 ** 20;

/** What one run may use; fixed, because the engine was tried with exactly these. */
export const MEMORY_BYTES = 32 * MIB;
export const STACK_BYTES = 256 * 1024;
/** Of the engine's whole memory, in pages of 64 KiB. */
export const INITIAL_PAGES = 256;
export const MAXIMUM_PAGES = 1_024;
/** An engine that has grown past this is thrown away with its thread. */
export const REUSABLE_BYTES = 24 * MIB;
/** Largest result, in characters of JSON. */
export const OUTPUT_CHARACTERS = 4 * MIB;
export const LOG_LINES = 100;
export const LOG_LINE_CHARACTERS = 1_000;

/**
 * Longest time between two looks at the clock that counts as computing, in milliseconds. The engine looks every few
 * thousand steps; a longer gap means that the thread had no processor.
 */
export const LONGEST_STEP_MS = 50;
