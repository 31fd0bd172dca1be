/** Projects looked at for one claim, and root executions of each. */
const PROJECTS = 16;
const ROOTS = 8;
/** Others may be claiming the same rows; those are passed over. */
const SPARE = 4;

const RUNS = `outbox WHERE kind = 'run'`;
const ROOT = `coalesce(root_execution_id, '')`;
const CANDIDATE = `o.id, o.run_for AS project, coalesce(o.root_execution_id, '') AS root`;

/** From one value of `column` to the next, around the end to where it began, so that each is at the beginning at times. */
function round(name: string, column: string, where: string, most: number): string {
  const first = `SELECT ${column} FROM ${where} ORDER BY ${column} LIMIT 1`;
  const behind = (from: string) => `SELECT ${column} FROM ${where} AND ${column} ${from} ORDER BY ${column} LIMIT 1`;
  return `${name}(value, first, n) AS (
      SELECT s.value, s.value, 1 FROM (SELECT coalesce((${behind('>= $6')}), (${first})) AS value) s
        WHERE s.value IS NOT NULL
      UNION ALL
      SELECT s.value, r.first, r.n + 1
        FROM ${name} r, LATERAL (SELECT coalesce((${behind('> r.value')}), (${first})) AS value) s
        WHERE r.n < ${most} AND s.value <> r.first)`;
}

/**
 * The runs that may be claimed next, as rows `(id, project, root)`: some of each project and root execution that has any,
 * and the oldest of all. However many wait, it looks at a bounded number of them. `$1` is the number of places, `$6` any text.
 */
export const NEXT_CANDIDATES = `WITH RECURSIVE ${round('projects', 'run_for', RUNS, PROJECTS)},
    turns AS MATERIALIZED (SELECT p.value AS project, r.value AS root, count(*) OVER () AS n FROM projects p,
      LATERAL (WITH RECURSIVE ${round('roots', ROOT, `${RUNS} AND run_for = p.value`, ROOTS)} SELECT value FROM roots) r)
    SELECT t.project, t.root, o.id FROM turns t, LATERAL (SELECT id FROM ${RUNS}
      AND run_for = t.project AND ${ROOT} = t.root ORDER BY id LIMIT ${SPARE} * ($1::int / t.n + 1)) o
    UNION
    (SELECT o.run_for, coalesce(o.root_execution_id, ''), o.id FROM ${RUNS.replace('outbox', 'outbox o')}
      ORDER BY o.id LIMIT ${SPARE} * $1::int)`;

/** The runs of the actions `$1`, as {@link NEXT_CANDIDATES}. */
export const THESE_CANDIDATES = `SELECT ${CANDIDATE} FROM outbox o WHERE o.kind = 'run' AND o.action_id = ANY($1::text[])`;

/**
 * Steps of a statement that pick among candidates: the next place goes to the project that has the fewest, and in it to the
 * root execution that has the fewest, the oldest first; none has more than its share. `$3` is what the node runs for whom, `$4`
 * and `$5` the shares of a root execution and a project.
 */
export function pickedInTurn(candidates: string, limit: string): string {
  return `held AS MATERIALIZED (SELECT * FROM json_to_recordset($3::json) h(project text, root text, n integer)),
    candidates AS MATERIALIZED (${candidates}),
    of_roots AS (SELECT c.*, row_number() OVER (PARTITION BY c.project, c.root ORDER BY c.id)
        + coalesce((SELECT h.n FROM held h WHERE h.project = c.project AND h.root = c.root), 0) AS in_root
      FROM candidates c),
    of_projects AS MATERIALIZED (SELECT r.*, row_number() OVER (PARTITION BY r.project ORDER BY r.in_root, r.id)
        + coalesce((SELECT sum(h.n) FROM held h WHERE h.project = r.project), 0) AS in_project
      FROM of_roots r WHERE r.in_root <= $4::int),
    picked AS MATERIALIZED (SELECT o.id, o.action_id FROM of_projects p JOIN outbox o ON o.id = p.id
      WHERE p.in_project <= $5::int ORDER BY p.in_project, p.in_root, p.id ${limit} FOR UPDATE OF o SKIP LOCKED)`;
}
