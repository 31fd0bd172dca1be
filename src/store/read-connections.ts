import pg from 'pg';

export interface ReadConnectionOptions {
  readonly url: string;
  readonly poolSize: number;
  /** The longest that one statement may take; 0 for no limit. */
  readonly timeoutSeconds: number;
}

/**
 * Connections for the reads of the API alone: lists that take long leave those of the engine free, and PostgreSQL ends
 * a statement that takes longer than it may.
 */
export class ReadConnections extends pg.Pool {
  constructor({ url, poolSize, timeoutSeconds }: ReadConnectionOptions) {
    super({
      connectionString: url,
      max: poolSize,
      connectionTimeoutMillis: 5_000,
      application_name: 'tramontane reads',
      keepAlive: true,
      options: `-c TimeZone=UTC -c jit=off -c statement_timeout=${timeoutSeconds * 1000}`,
    });
    // A connection that breaks while it is idle is replaced when it is needed.
    this.on('error', () => undefined);
  }
}
