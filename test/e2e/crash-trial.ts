import pg from 'pg';
import { type TestDatabase, testDatabase } from '../support/postgres.js';
import { type Probe, probePack } from '../support/probe-pack.js';
import { Service } from '../support/service.js';
import { until } from '../support/until.js';
import { DEFINITIONS, isRight, type Shape } from './crash-shapes.js';

/** An execution that the service has accepted. */
interface Accepted {
  readonly id: string;
  readonly shape: Shape;
  readonly n: number;
}

interface ExecutionBody {
  readonly state: string;
  readonly state_info: string | null;
  readonly output: string;
}

interface ActionBody {
  readonly id: string;
}

/** How long a lease lasts here: lost actions are to be noticed while the test runs. */
const LEASE_SECONDS = '2';
const FINAL = `('SUCCESS', 'ERROR', 'CANCELLED')`;

/** A service that is going to be killed, with the database that outlives it, and the checks that follow. */
export class CrashTrial {
  readonly accepted: Accepted[] = [];
  private readonly nodes: Service[] = [];

  private constructor(
    readonly service: Service,
    readonly probe: Probe,
    private readonly database: TestDatabase,
    private readonly client: pg.Client,
  ) {}

  /** The service has started once and knows the workflows. */
  static async begin(env: Readonly<Record<string, string>> = {}): Promise<CrashTrial> {
    const [database, probe] = await Promise.all([testDatabase(), probePack()]);
    const client = new pg.Client({ connectionString: database.url });
    client.on('error', () => undefined);
    await client.connect();
    const service = await Service.at({ DATABASE_URL: database.url, LEASE_SECONDS, ...probe.env, ...env });
    const trial = new CrashTrial(service, probe, database, client);
    try {
      await service.start();
      const { status, body } = await service.call('POST', '/v2/workflows', DEFINITIONS);
      if (status !== 201) throw new Error(`the workflows were refused: ${JSON.stringify(body)}`);
    } catch (error) {
      await trial.end();
      throw error;
    }
    return trial;
  }

  /** One more node on the same database, not started yet. */
  async anotherNode(env: Readonly<Record<string, string>> = {}): Promise<Service> {
    const node = await Service.at({ DATABASE_URL: this.database.url, LEASE_SECONDS, ...this.probe.env, ...env });
    this.nodes.push(node);
    return node;
  }

  async end(): Promise<void> {
    await Promise.all([this.service, ...this.nodes].map((node) => node.kill()));
    await this.client.end();
    await Promise.all([this.database.drop(), this.probe.remove()]);
  }

  /** Starts an execution; while the service is away, the request is repeated with the same id. */
  async startExecution(shape: Shape, n: number, id: string, node = this.service): Promise<void> {
    const request = { id, workflow_name: shape.name, input: { n } };
    const { status, body } = await node.callSurely('POST', '/v2/executions', request);
    if (status !== 201) throw new Error(`${shape.name} was refused: ${JSON.stringify(body)}`);
    this.accepted.push({ id, shape, n });
  }

  /** Completes the actions that wait for someone outside; one that was completed before answers an error. */
  async completeAsyncActions(): Promise<void> {
    const rows = await this.rows<ActionBody>(
      `SELECT id FROM action_executions WHERE name = 'std.async_noop' AND state = 'RUNNING'`,
    );
    for (const { id } of rows)
      await this.service.call('PUT', `/v2/action_executions/${id}`, { state: 'SUCCESS', output: { answer: 'done' } });
  }

  /** Completes asynchronous actions as long as the condition holds. */
  async completeWhile(isGoingOn: () => boolean): Promise<void> {
    await until(async () => {
      await this.completeAsyncActions().catch(() => undefined);
      return !isGoingOn();
    });
  }

  async outputOf(id: string): Promise<Readonly<Record<string, unknown>>> {
    const { body } = await this.service.callSurely('GET', `/v2/executions/${id}`);
    return JSON.parse((body as ExecutionBody).output) as Readonly<Record<string, unknown>>;
  }

  /** Waits for the end of all accepted executions. @throws {Error} with the report of one that doesn't end */
  async settled(timeoutMs = 40_000): Promise<void> {
    try {
      await until(async () => {
        await this.completeAsyncActions().catch(() => undefined);
        return (await this.unfinished()).length === 0;
      }, timeoutMs);
    } catch (error) {
      const [first] = await this.unfinished();
      if (first === undefined) throw error;
      throw new Error(`execution ${first.id} does not end:\n${await this.report(first.id)}`, { cause: error });
    }
  }

  /** Every accepted execution has ended with the right output. @returns one text per execution that has not */
  async wrongOutcomes(): Promise<readonly string[]> {
    const wrong: string[] = [];
    for (const { id, shape, n } of this.accepted) {
      const answer = await this.service.callSurely('GET', `/v2/executions/${id}`);
      const { state, output, state_info: info } = answer.body as ExecutionBody;
      if (state === 'SUCCESS' && isRight(JSON.parse(output), shape.output(n))) continue;
      wrong.push(`${shape.name} ${n}: ${state} ${info ?? ''} ${output}\n${await this.report(id)}`);
    }
    return wrong;
  }

  /** Ids of action executions without safe-rerun that were started more than once. */
  async startedTwice(): Promise<readonly string[]> {
    const rows = await this.rows<ActionBody>('SELECT id FROM action_executions WHERE NOT safe_rerun');
    const once = new Set(rows.map(({ id }) => id));
    const seen = new Set<string>();
    const twice: string[] = [];
    for (const { id } of await this.probe.starts()) {
      if (once.has(id) && seen.has(id)) twice.push(id);
      seen.add(id);
    }
    return twice;
  }

  /** Rows that nothing would ever wake. */
  async withoutWakeup(): Promise<readonly object[]> {
    return this.rows('SELECT * FROM rows_without_wakeup');
  }

  /** What is still on its way; nothing, once everything has ended. */
  async leftovers(): Promise<readonly object[]> {
    return this.rows(`SELECT kind, execution_id, left(payload, 200) AS payload FROM outbox
      UNION ALL SELECT 'timer', execution_id, kind FROM timers
      UNION ALL SELECT 'action', execution_id, name FROM action_executions WHERE state NOT IN ${FINAL}`);
  }

  /** What the kills have done, for the log of the test. */
  async statistics(): Promise<string> {
    const [lost] = await this.rows<{ count: string }>(
      `SELECT count(*) FROM action_executions WHERE output LIKE '%outcome of the action is unknown%'`,
    );
    const starts = await this.probe.starts();
    const again = starts.length - new Set(starts.map(({ id }) => id)).size;
    return `${starts.length} starts, ${again} of them again, ${lost?.count ?? '0'} outcomes unknown`;
  }

  /** Lines of the logs of all nodes that tell of a mistake of ours. */
  get complaints(): readonly string[] {
    const lines = [this.service, ...this.nodes].flatMap((node) => node.lines);
    return lines.filter((line) => line.includes('"level":"error"') || !line.startsWith('{'));
  }

  async rows<Row extends object>(sql: string, values: readonly unknown[] = []): Promise<readonly Row[]> {
    return (await this.client.query<Row>(sql, [...values])).rows;
  }

  private async unfinished(): Promise<readonly ActionBody[]> {
    return this.rows<ActionBody>(`SELECT id FROM workflow_executions WHERE state NOT IN ${FINAL}`);
  }

  /** What the API and the database know of an execution, for people. */
  private async report(id: string): Promise<string> {
    const path = `/v2/executions/${id}/report`;
    const report = await this.service.call('GET', path).catch((error: unknown) => String(error));
    const actions = await this.rows(
      `SELECT id, name, state, dispatch, safe_rerun, claimed_by, lease_until, attempts, left(output, 300) AS output
       FROM action_executions WHERE execution_id = $1 ORDER BY created_at`,
      [id],
    );
    const journal = await this.rows(
      'SELECT version, at, left(events, 300) AS events FROM journal WHERE execution_id = $1 ORDER BY version',
      [id],
    );
    const timers = await this.rows('SELECT id, kind, due_at, retry_at, now() FROM timers WHERE execution_id = $1', [
      id,
    ]);
    const connections = await this
      .rows(`SELECT state, wait_event_type, wait_event, xact_start, left(query, 200) AS query
      FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`);
    const log = this.service.lines.slice(-15);
    return JSON.stringify(
      { report, actions, timers, journal, left: await this.leftovers(), connections, log },
      null,
      2,
    );
  }
}
