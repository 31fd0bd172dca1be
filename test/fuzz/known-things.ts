import type { ApiUnderTest, Body } from '../e2e/api-under-test.js';
import type { Plan } from './request-plans.js';
import type { Known } from './request-values.js';

const MOST = 40;
/** Their names are those of definitions. */
const RUNS = ['executions', 'tasks', 'action_executions'];
const ENDED = 'ended';
const WORKFLOWS = `version: '2.0'
one:
  input: [vm: a1]
  tasks: {t: {action: std.echo output=<% $.vm %>}}
two:
  tasks: {t: {action: std.fail}}
three:
  tasks: {t: {action: std.async_noop}}
`;

/** Identifiers and names that answers have named, to be used in later requests. */
export class Things {
  /** By collection and `id` or `name`, e.g. `workflows.id`. */
  readonly #known = new Map<string, string[]>();

  /** Puts a few things into the service, so that early requests find some. */
  async prepare(api: ApiUnderTest): Promise<void> {
    this.learn('/v2/workflows', (await api.upload('/v2/workflows', WORKFLOWS)).body);
    await api.post('/v2/executions?wait=30', { workflow_name: 'one', id: ENDED });
    await api.post('/v2/executions?wait=30', { workflow_name: 'two' });
    await api.post('/v2/executions', { workflow_name: 'three' });
    for (const list of RUNS) this.learn(`/v2/${list}`, (await api.get(`/v2/${list}`)).body);
  }

  /** Remembers what an answer names. */
  learn(path: string, body: Body): void {
    this.remember(path.split('/')[2] ?? '', body);
    for (const [collection, rows] of Object.entries(body)) {
      if (Array.isArray(rows)) for (const row of rows as readonly unknown[]) this.remember(collection, row);
    }
  }

  /** Address of a planned request. */
  urlOf({ operation, path, query, hasSlash }: Plan): string {
    // The stream of another execution could stay open.
    const inPath = operation.path.endsWith('/events') ? { id: ENDED } : path;
    const filled = operation.path.replaceAll(/\{(\w+)\}/g, (_, name: keyof typeof inPath) =>
      this.encoded(inPath[name]),
    );
    const pairs = Object.entries(query).map(([name, value]) => `${name}=${this.encoded(value)}`);
    return `${filled}${hasSlash ? '/' : ''}${pairs.length === 0 ? '' : '?'}${pairs.join('&')}`;
  }

  /** A value with names in place of whatever is {@link Known} in it. */
  named(value: unknown): unknown {
    if (Array.isArray(value)) return value.map((item) => this.named(item));
    if (typeof value !== 'object' || value === null) return value;
    if ('isKnown' in value) return this.find(value as Known);
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, this.named(one)]));
  }

  private encoded(value: unknown): string {
    return encodeURIComponent(String(this.named(value)));
  }

  private find({ collection, by, index }: Known): string {
    const keys = [...this.#known.keys()].filter((key) => {
      return key.startsWith(collection) && (by === 'either' || key.endsWith(`.${by}`));
    });
    const some = keys.flatMap((key) => this.#known.get(key) ?? []);
    return some[index % some.length] ?? 'nothing';
  }

  private remember(collection: string, row: unknown): void {
    if (typeof row !== 'object' || row === null) return;
    for (const by of RUNS.includes(collection) ? ['id'] : ['id', 'name']) {
      const value = (row as Readonly<Record<string, unknown>>)[by];
      const found = this.#known.get(`${collection}.${by}`) ?? [];
      if (typeof value !== 'string' || value === '' || value === ENDED || found.includes(value)) continue;
      this.#known.set(`${collection}.${by}`, [...found, value].slice(-MOST));
    }
  }
}
