import pg from 'pg';
import { ACTION_EXECUTIONS, EXECUTIONS, Reads, TASKS } from '../../../dist/store/queries/index.js';

const RESOURCES = { tasks: TASKS, executions: EXECUTIONS, action_executions: ACTION_EXECUTIONS };
const MAX_LIMIT = 1000;

/** Shows how PostgreSQL finds pages: it is asked the very statements that the service builds. */
export class Plans {
  #client;
  #last;

  constructor(url) {
    this.#client = new pg.Client({ connectionString: url, options: '-c TimeZone=UTC -c jit=off' });
  }

  open() {
    return this.#client.connect();
  }

  close() {
    return this.#client.end();
  }

  /** e.g. `Limit > Index Scan on task_executions_project (0.4 ms)`: the top nodes and the time in the database */
  async of({ list, query, headers }) {
    const parameters = Object.fromEntries(new URLSearchParams(`limit=50&${query}`));
    const viewer = { projectId: '<default-project>', isAdmin: headers !== undefined };
    await new Reads(this, { maxLimit: MAX_LIMIT, maxPageBytes: 4_194_304 }).list(RESOURCES[list], {
      parameters,
      viewer,
      appUrl: '',
    });
    const { rows } = await this.#client.query(`EXPLAIN (ANALYZE, FORMAT JSON) ${this.#last.text}`, this.#last.values);
    const { Plan: plan, 'Planning Time': planning, 'Execution Time': execution } = rows[0]['QUERY PLAN'][0];
    return `${nodesOf(plan).join(' > ')} (${(planning + execution).toFixed(1)} ms)`;
  }

  /** For `Reads`; the last statement of a list is its page. */
  async rows(text, values) {
    this.#last = { text, values };
    const { rows } = await this.#client.query({
      text,
      values,
      rowMode: 'array',
      types: { getTypeParser: () => String },
    });
    return rows;
  }
}

function nodesOf(plan) {
  const index = plan['Index Name'];
  const own = index === undefined ? plan['Node Type'] : `${plan['Node Type']} on ${index}`;
  const [first] = plan.Plans ?? [];
  return first === undefined ? [own] : [own, ...nodesOf(first)];
}
