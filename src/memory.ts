import { setFlagsFromString } from 'node:v8';

/**
 * Keeps the process small: by default V8 lets a heap of 50 MB grow to several times its live size before it collects.
 * Imported for its effect, before anything that allocates.
 */
setFlagsFromString('--heap-growing-percent=50');
setFlagsFromString('--max-semi-space-size=8');
