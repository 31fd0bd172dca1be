/** The embedded PostgreSQL can't be started or used; the message says why and what would help. */
export class EmbeddedPostgresError extends Error {
  override readonly name = 'EmbeddedPostgresError';
}
