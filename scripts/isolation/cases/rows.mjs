import pg from 'pg';

/** Copies of an ended execution, one a second before now, every second one paused. */
const COPIES = `INSERT INTO workflow_executions
  SELECT (jsonb_populate_record(w, jsonb_build_object('id', 'made-' || n, 'workflow_name', 'made',
    'state', CASE WHEN n % 2 = 0 THEN 'PAUSED' ELSE 'SUCCESS' END,
    'created_at', w.created_at - n * interval '1 second'))).*
  FROM workflow_executions w, generate_series(1, $2) n WHERE w.id = $1`;

/** Fills the list of executions with copies named `made`; over HTTP it would take minutes. */
export async function makeExecutions(arena, count) {
  const id = await arena.start('quick');
  await arena.ended(id, ['SUCCESS']);
  arena.mark('making rows');
  const client = new pg.Client({ connectionString: arena.host.databaseUrl });
  await client.connect();
  try {
    await client.query(COPIES, [id, count]);
    await client.query('VACUUM ANALYZE workflow_executions');
  } finally {
    await client.end();
  }
}
