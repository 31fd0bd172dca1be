/** Injection tokens of what `src/config` makes: the frozen settings, the clock, the log. */
export const CONFIG = Symbol('CONFIG');
export const CLOCK = Symbol('CLOCK');
export const LOGGER = Symbol('LOGGER');
