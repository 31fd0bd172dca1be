/** Errors of the driver and of PostgreSQL that have a meaning for the client. */
const UNREACHABLE: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'ETIMEDOUT',
  'EPIPE',
  'EAI_AGAIN',
  '53300',
  '57P01',
  '57P02',
  '57P03',
]);
const UNREACHABLE_TEXT =
  /connection terminated|timeout exceeded when trying to connect|client has encountered a connection error/i;

/** What PostgreSQL says of values that it can't read or store. */
const BAD_DATA = '22';
const ZERO = 'Texts must not hold the character with the code zero.';
const TEXTS: Readonly<Record<string, string>> = {
  '22021': ZERO,
  '22P05': ZERO,
  '22001': 'A value is too long for its field.',
  '22008': 'A date is out of range.',
};

/**
 * Status and sentence for an error of the database, undefined for any other.
 * @param error  what the driver threw; TypeORM keeps the driver's own as `driverError`
 */
export function databaseFault(error: unknown): { readonly status: number; readonly text: string } | undefined {
  if (!(error instanceof Error)) return undefined;
  const code = codeOf(error);
  if (code.startsWith(BAD_DATA)) return { status: 400, text: TEXTS[code] ?? 'A value does not fit its field.' };
  const isUnreachable = code.startsWith('08') || UNREACHABLE.has(code) || UNREACHABLE_TEXT.test(error.message);
  return isUnreachable ? { status: 503, text: 'The service is temporarily unavailable' } : undefined;
}

function codeOf(error: Error): string {
  if ('code' in error && typeof error.code === 'string') return error.code;
  const inner = 'driverError' in error ? error.driverError : error.cause;
  return inner instanceof Error && inner !== error ? codeOf(inner) : '';
}
