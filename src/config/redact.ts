const SECRET_KEY =
  /^(auth_?token|trust_?token|x-(auth|subject|service|target-auth)-token|token|password|passwd|secret|private_?key|authorization|cookie|set-cookie|api_?key)$/i;
const MASK = '***';
const MAX_DEPTH = 8;

/** The text with the password of every URL in it hidden: `redis://:***@host`. */
export function maskUrls(text: string): string {
  return text.replace(/([a-z][a-z0-9+.-]*:\/\/[^\s/:@]*):[^\s/]*@/gi, `$1:${MASK}@`);
}

/** A copy for the log in which no value under a secret's name and no password in a URL is left, at any depth. */
export function redact(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return maskUrls(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= MAX_DEPTH) return '[deep]';
  if (Array.isArray(value)) return value.map((item) => redact(item, depth + 1));
  if (value instanceof Error) return redactError(value, depth);
  if (value instanceof Date) return value.toISOString();
  return redactEntries(value, depth);
}

function redactEntries(value: object, depth: number): Record<string, unknown> {
  const safe: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(value)) {
    safe[key] = SECRET_KEY.test(key) && item !== undefined ? MASK : redact(item, depth + 1);
  }
  return safe;
}

function redactError(error: Error, depth: number): Record<string, unknown> {
  const { name, message, stack, cause } = error;
  const known = { name, message: maskUrls(message), stack: maskUrls(stack ?? ''), cause: redact(cause, depth + 1) };
  return { ...redactEntries(error, depth), ...known };
}
