type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The process's environment for a service that a command starts inside itself.
 * @param defaults  values of variables that are absent or empty, e.g. `{ LOG_LEVEL: 'warn' }`
 * @param fixed  values that win; `undefined` takes a variable away
 */
export function environmentWith(
  defaults: Environment,
  fixed: Environment,
  own: Environment = process.env,
): Environment {
  const given = Object.entries(own).filter(([, text]) => text !== undefined && text.trim() !== '');
  return { ...defaults, ...Object.fromEntries(given), ...fixed };
}
