import pg from 'pg';

/** Name of the role that the server's files are made for; it can do everything, so the service works as another. */
export const SUPERUSER = 'tramontane';

/** Speaks to the server as its superuser, on a connection of its own each time. */
export class Superuser {
  constructor(
    private readonly password: string,
    readonly port: number,
  ) {}

  url(database = 'postgres'): string {
    return `postgres://${SUPERUSER}:${this.password}@127.0.0.1:${String(this.port)}/${database}`;
  }

  /** @param sql  one statement, or several that happen together or not at all */
  async query(sql: string, database?: string): Promise<pg.QueryResult> {
    const client = new pg.Client({
      connectionString: this.url(database),
      connectionTimeoutMillis: 10_000,
      query_timeout: 60_000,
    });
    client.on('error', () => undefined);
    try {
      await client.connect();
      return await client.query(sql);
    } finally {
      await client.end();
    }
  }

  async answers(): Promise<boolean> {
    return this.query('SELECT 1').then(
      () => true,
      () => false,
    );
  }
}
