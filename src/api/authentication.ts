import type { Config } from '../config/index.js';

/** Whether callers have to log in; otherwise everyone is the same project. */
export function isAuthenticating({ auth }: Pick<Config, 'auth'>): boolean {
  const mode: string = auth;
  return mode !== 'none';
}
