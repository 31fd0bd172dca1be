import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { differences, isDict, isList, missing, type Seen } from './compare.js';
import type { Http, Reply } from './http.js';
import { listIn, tasksOf, treeOf, unpacked } from './tree.js';

const FINAL = ['SUCCESS', 'ERROR', 'CANCELLED', 'SKIPPED'];
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
const TIME = /\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(\.\d+)?/g;

type Step = Readonly<Record<string, Seen>>;

export interface Scenario {
  readonly id: string;
  readonly rule: string;
  readonly steps: readonly Step[];
  /** What the original answered at each step. */
  readonly golden: readonly Seen[];
  /** Where the original must not be copied: by step, what has to hold instead. */
  readonly better?: Readonly<Record<string, Seen>>;
}

/** One run of a scenario against a service; `@@` in its texts becomes a suffix of its own, so that runs never meet. */
export class ScenarioRun {
  private readonly tag = `_${randomBytes(4).toString('hex')}`;
  private readonly ids = new Map<string, string>();

  constructor(
    private readonly http: Http,
    private readonly scenario: Scenario,
    private readonly patienceMs: number,
  ) {}

  async play(): Promise<readonly Seen[]> {
    const seen: Seen[] = [];
    for (const [index, step] of this.scenario.steps.entries()) seen.push(this.plain(await this.take(step, index)));
    return seen;
  }

  private async take(raw: Step, index: number): Promise<Seen> {
    const step = this.filled(raw) as Step;
    if ('upload' in step) return this.upload(step);
    if ('validate' in step) return this.validate(step);
    if ('start' in step) return this.start(step);
    if ('set' in step || 'finish' in step) return this.put(step);
    if ('await' in step) return this.awaitState(String(raw.await), String(step.is), Number(step.timeout ?? 0) * 1000);
    if ('see' in step) return this.see(raw, index);
    if ('call' in step) return this.call(step);
    await pause(Number(step.sleep) * 1000);
    return {};
  }

  private async upload(step: Step): Promise<Seen> {
    const kind = String(step.upload);
    const query = step.namespace === undefined ? '' : `?namespace=${encodeURIComponent(String(step.namespace))}`;
    const reply = await this.http.call(
      step.update === true ? 'PUT' : 'POST',
      `/${kind}${query}`,
      undefined,
      String(step.text),
    );
    if (reply.status >= 300) return fault(reply);
    const list = listIn(reply.body, kind);
    const names =
      list.length > 0
        ? list.map((row) => String(row.name)).sort()
        : [isDict(reply.body) ? (reply.body.name ?? null) : null];
    return { ...fault(reply), names };
  }

  private async validate(step: Step): Promise<Seen> {
    const { status, body } = await this.http.call(
      'POST',
      `/${String(step.validate)}/validate`,
      undefined,
      String(step.text),
    );
    const verdict = isDict(body) ? body : {};
    return { status, valid: verdict.valid ?? null, ...(verdict.error === undefined ? {} : { fault: verdict.error }) };
  }

  private async start(step: Step): Promise<Seen> {
    const reply = await this.http.call('POST', '/executions', step.body);
    if (reply.status === 201 && isDict(reply.body)) this.ids.set(String(step.start), String(reply.body.id));
    return fault(reply);
  }

  private async put(step: Step): Promise<Seen> {
    const target = step.set === undefined ? await this.openAction(step) : await this.find(String(step.set));
    if (target.id === undefined) return { status: null, fault: 'nothing there' };
    const body = target.kind === 'tasks' ? { ...(step.body as object), id: target.id } : step.body;
    const reply = await this.http.call('PUT', `/${target.kind}/${target.id}`, body);
    return { ...fault(reply), ...(reply.status < 300 ? kept(reply.body, step.keep) : {}) };
  }

  private async openAction(step: Step): Promise<Found> {
    const path = String(step.finish);
    const index = Number(step.index ?? 0);
    const until = performance.now() + 10_000;
    while (performance.now() < until) {
      const { id } = await this.find(path);
      const answer = id === undefined ? null : (await this.http.call('GET', `/tasks/${id}/action_executions`)).body;
      const open = listIn(answer, 'action_executions').filter((row) => !FINAL.includes(String(row.state)));
      const byAge = [...open].sort((a, b) => (key(a) < key(b) ? -1 : 1));
      if (byAge.length > index) return { kind: 'action_executions', id: String(byAge[index]?.id) };
      await pause(100);
    }
    return { kind: 'action_executions', id: undefined };
  }

  private async awaitState(path: string, wanted: string, timeoutMs: number): Promise<Seen> {
    const until = performance.now() + (timeoutMs === 0 ? this.patienceMs : timeoutMs);
    let state: Seen = null;
    while (performance.now() < until) {
      const { kind, id } = await this.find(path);
      const body = id === undefined ? null : (await this.http.call('GET', `/${kind}/${id}`)).body;
      state = isDict(body) ? (body.state ?? null) : null;
      if (wanted.split('|').includes(String(state))) return { is: state };
      await pause(60);
    }
    return { is: state, timeout: true };
  }

  /** The snapshot once it is as wanted and stays so; else the last one. */
  private async see(step: Step, index: number): Promise<Seen> {
    const { id } = await this.find(String(step.see));
    if (id === undefined) return { tree: null };
    const until = performance.now() + this.patienceMs;
    const isWanted = (shot: Seen): boolean => judgeStep(this.scenario, index, shot).length === 0;
    let last = await this.shot(id, step);
    while (performance.now() < until) {
      if (isWanted(last)) {
        await pause(Number(step.settle ?? 0.3) * 1000);
        last = await this.shot(id, step);
        if (isWanted(last)) return last;
      }
      await pause(100);
      last = await this.shot(id, step);
    }
    return last;
  }

  private async shot(id: string, step: Step): Promise<Seen> {
    const omitted = new Set(isList(step.omit ?? null) ? (step.omit as readonly Seen[]) : []);
    return this.plain({ tree: without(await treeOf(this.http, id), omitted) });
  }

  private async call(step: Step): Promise<Seen> {
    const [method = '', template = ''] = step.call as readonly string[];
    let path = template;
    for (const [whole, inner = ''] of template.matchAll(/\{([^}]+)\}/g))
      path = path.replace(whole, (await this.find(inner)).id ?? 'None');
    const reply = await this.http.call(
      method,
      path,
      step.body,
      step.text === undefined ? undefined : String(step.text),
    );
    if (step.as !== undefined && isDict(reply.body)) this.ids.set(String(step.as), String(reply.body.id));
    return { ...fault(reply), ...kept(reply.body, step.keep) };
  }

  /** `w` the execution started as w, `w/t` its newest task t, `w/t/` that task's newest sub-workflow execution, and so on. */
  private async find(path: string): Promise<Found> {
    const [alias = '', ...names] = path.split('/');
    let found: Found = { kind: 'executions', id: this.ids.get(alias) };
    for (const name of names) {
      if (found.kind === 'tasks' && found.id !== undefined) {
        const rows = listIn((await this.http.call('GET', `/tasks/${found.id}/workflow_executions`)).body, 'executions');
        const newest = rows.reduce<(typeof rows)[number] | undefined>(
          (best, row) => (best === undefined || String(row.created_at) > String(best.created_at) ? row : best),
          undefined,
        );
        found = { kind: 'executions', id: newest === undefined ? undefined : String(newest.id) };
      }
      if (name === '' || found.id === undefined) continue;
      const tasks = (await tasksOf(this.http, found.id)).filter((task) => task.name === this.filled(name));
      found = { kind: 'tasks', id: tasks.length === 0 ? undefined : String(tasks.at(-1)?.id) };
    }
    return found;
  }

  private filled(value: Seen): Seen {
    return mapTexts(value, (text) => text.replaceAll('@@', this.tag));
  }

  /** Without what differs from run to run, and without tracebacks. */
  private plain(value: Seen): Seen {
    return mapTexts(value, (raw) => {
      const text = raw.replaceAll(this.tag, '@@').replace(/\s*Failed validating [\s\S]*/, '');
      const short = /^(Failed to |The action)/.test(text) ? text.replace(/\]:\n[\s\S]*/, ']') : text;
      return short
        .replace(/<[\w.]+ object at 0x[0-9a-f]+>/g, '<repr>')
        .replace(UUID, '<uuid>')
        .replace(TIME, '<time>');
    });
  }
}

interface Found {
  readonly kind: 'executions' | 'tasks' | 'action_executions';
  readonly id: string | undefined;
}

/** What is wrong with what was seen at a step; where the original crashed, any refusal is right. */
export function judgeStep(scenario: Scenario, index: number, seen: Seen): readonly string[] {
  if (scenario.better !== undefined) return missing(scenario.better[String(index)] ?? '*', seen);
  const want = scenario.golden[index] ?? null;
  if (isDict(want) && Number(want.status ?? 0) >= 500) {
    const status = isDict(seen) ? Number(seen.status) : 0;
    return status >= 400 && status < 500 ? [] : [`wanted a 4xx, got ${status}`];
  }
  return differences(want, seen);
}

function fault({ status, body }: Reply): Readonly<Record<string, Seen>> {
  if (status < 400) return { status };
  return { status, fault: isDict(body) ? String(body.faultstring ?? '') : String(body) };
}

function kept(body: Seen, keep: Seen | undefined): Readonly<Record<string, Seen>> {
  const paths = isList(keep ?? null) ? (keep as readonly string[]) : [];
  return Object.fromEntries(paths.map((path) => [path, unpacked(path.split('.').reduce(pick, body))]));
}

function pick(value: Seen, part: string): Seen {
  if (isList(value)) return value.map((item) => pick(item, part));
  return isDict(value) ? (value[part] ?? null) : null;
}

function key(row: Step): string {
  return `${String(row.created_at)} ${JSON.stringify(row.input ?? null)}`;
}

function without(value: Seen, omitted: ReadonlySet<Seen>): Seen {
  if (isList(value)) return value.map((item) => without(item, omitted));
  if (!isDict(value)) return value;
  const entries = Object.entries(value).filter(([name]) => !omitted.has(name));
  return Object.fromEntries(entries.map(([name, item]) => [name, without(item, omitted)]));
}

function mapTexts(value: Seen, change: (text: string) => string): Seen {
  if (typeof value === 'string') return change(value);
  if (isList(value)) return value.map((item) => mapTexts(item, change));
  if (!isDict(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [change(name), mapTexts(item, change)]));
}
