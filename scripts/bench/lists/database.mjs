import pg from 'pg';

/** An empty database beside the one of DATABASE_URL, so that nothing there is touched. */
export async function freshDatabase(serverUrl) {
  const name = `tramontane_lists_${process.pid}`;
  await statement(serverUrl, `CREATE DATABASE ${name}`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => statement(serverUrl, `DROP DATABASE ${name} WITH (FORCE)`) };
}

/** Runs one statement, or several in turn, on a connection of its own. */
export async function statement(url, ...texts) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    let rows = [];
    for (const text of texts) ({ rows } = await client.query(text));
    return rows;
  } finally {
    await client.end();
  }
}
