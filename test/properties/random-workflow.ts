import fc from 'fast-check';
import { type WorkflowSpec, workflowFromRaw } from '../../src/core/language/index.js';
import type { Json, JsonObject } from '../../src/core/shared/index.js';

/** Which parts of the language a random workflow may use. */
export interface Features {
  readonly loops: boolean;
  readonly policies: boolean;
  readonly commands: boolean;
  readonly partialJoins: boolean;
  /** Expressions that fail, which end the execution. */
  readonly fatal: boolean;
  /** Timeouts, pauses, and tasks that several others lead to without a join, where the order of events may matter. */
  readonly races: boolean;
}

export const EVERYTHING: Features = {
  loops: true,
  policies: true,
  commands: true,
  partialJoins: true,
  fatal: true,
  races: true,
};

/** Where the language promises the same outcome in whatever order results come: branches meet in joins `all` only. */
export const ORDERLY: Features = {
  loops: false,
  policies: true,
  commands: false,
  partialJoins: false,
  fatal: false,
  races: false,
};

/** A workflow as plain data, which fast-check can shrink; `top` may call `sub`, and `sub` may call `leaf`. */
export interface RandomWorkflows {
  readonly top: JsonObject;
  readonly sub: JsonObject;
  readonly leaf: JsonObject;
  /** Run for its last task. */
  readonly back: JsonObject;
}

export function randomWorkflows(features: Features): fc.Arbitrary<RandomWorkflows> {
  return fc.record({
    top: workflow('top', 6, 'sub', features),
    sub: workflow('sub', 3, 'leaf', features),
    leaf: workflow('leaf', 2, null, features),
    back: reverse(features),
  });
}

export function specsOf(workflows: RandomWorkflows): ReadonlyMap<string, WorkflowSpec> {
  return new Map(Object.entries(workflows).map(([name, raw]) => [name, workflowFromRaw(raw as JsonObject)]));
}

type Clause = 'on-success' | 'on-error' | 'on-complete' | 'on-skip';

interface Edge {
  readonly clause: Clause;
  readonly target: number;
  readonly guard: string | null;
  readonly isBack: boolean;
  readonly command: string | null;
}

interface Shape {
  readonly body: JsonObject;
  readonly join: number | null;
  readonly edges: readonly Edge[];
}

/** A reverse workflow of up to six tasks; later ones require earlier ones. */
function reverse(features: Features): fc.Arbitrary<JsonObject> {
  const task = fc.record({
    body: fc
      .tuple(work('leaf'), items(), features.policies ? policies(features) : fc.constant({}), publishes(features))
      .map((parts) => Object.assign({}, ...parts) as JsonObject),
    requires: fc.uniqueArray(fc.nat(5), { maxLength: 3 }),
  });
  return fc.array(task, { minLength: 1, maxLength: 6 }).map((shapes) => {
    const tasks = shapes.map(({ body, requires }, index): [string, JsonObject] => {
      const earlier = requires.filter((other) => other < index).map((other) => `t${other}`);
      const own: JsonObject = earlier.length === 0 ? {} : { requires: earlier };
      return [`t${index}`, { name: `t${index}`, version: '2.0', type: 'reverse', ...body, ...own }];
    });
    return { name: 'back', version: '2.0', type: 'reverse', tasks: Object.fromEntries(tasks) };
  });
}

function workflow(name: string, size: number, sub: string | null, features: Features): fc.Arbitrary<JsonObject> {
  return fc.array(shape(sub, features), { minLength: 1, maxLength: size }).map((shapes) => {
    const tasks = withEdges(shapes, features);
    return { name, version: '2.0', type: 'direct', tasks };
  });
}

function shape(sub: string | null, features: Features): fc.Arbitrary<Shape> {
  return fc.record({
    body: fc
      .tuple(work(sub), items(), features.policies ? policies(features) : fc.constant({}), publishes(features))
      .map((parts) => Object.assign({}, ...parts) as JsonObject),
    join: fc.oneof(
      { weight: 2, arbitrary: fc.constant(null) },
      { weight: 2, arbitrary: fc.constant(0) },
      ...(features.partialJoins ? [{ weight: 1, arbitrary: fc.integer({ min: 1, max: 2 }) }] : []),
    ),
    edges: fc.array(edge(features), { maxLength: 3 }),
  });
}

function work(sub: string | null): fc.Arbitrary<JsonObject> {
  const plain = (action: string): fc.Arbitrary<JsonObject> => fc.constant({ action });
  return fc.oneof(
    { weight: 4, arbitrary: plain('std.async_noop') },
    { weight: 2, arbitrary: plain('std.sleep') },
    { weight: 2, arbitrary: plain('std.noop') },
    { weight: 1, arbitrary: plain('std.fail') },
    ...(sub === null ? [] : [{ weight: 2, arbitrary: fc.constant<JsonObject>({ workflow: sub }) }]),
  );
}

function items(): fc.Arbitrary<JsonObject> {
  const some = fc.record({ count: fc.nat(4), concurrency: fc.nat(3) }).map(({ count, concurrency }): JsonObject => ({
    'with-items': `i in <% range(${count}) %>`,
    ...(concurrency === 0 ? {} : { concurrency }),
  }));
  return fc.oneof({ weight: 3, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: some });
}

function policies({ races }: Features): fc.Arbitrary<JsonObject> {
  const racing = (policy: fc.Arbitrary<JsonObject>): fc.Arbitrary<JsonObject> => (races ? policy : fc.constant({}));
  const maybe = (key: string, ...values: readonly Json[]): fc.Arbitrary<JsonObject> =>
    fc.oneof(
      { weight: 7, arbitrary: fc.constant({}) },
      { weight: 1, arbitrary: fc.constantFrom(...values).map((value) => ({ [key]: value })) },
    );
  const retry = (more: JsonObject): Json => ({ count: 2, delay: 1, ...more });
  return fc
    .tuple(
      maybe('wait-before', 1, 3),
      maybe('wait-after', 1, 3),
      racing(maybe('timeout', 2, 4)),
      racing(maybe('pause-before', true)),
      maybe('fail-on', '<% task().result = bad %>'),
      maybe('keep-result', false),
      maybe('retry-items', 'failed'),
      maybe(
        'retry',
        retry({}),
        { count: 1, delay: 0 },
        retry({ 'break-on': '<% task().result = bad %>' }),
        retry({ 'continue-on': '<% task().result = bad %>' }),
      ),
    )
    .map((parts) => Object.assign({}, ...parts) as JsonObject);
}

function publishes(features: Features): fc.Arbitrary<JsonObject> {
  return fc.oneof(
    { weight: 12, arbitrary: fc.constant({}) },
    { weight: 4, arbitrary: fc.constant({ publish: { x: '<% task().result %>' } }) },
    ...(features.fatal
      ? [
          { weight: 1, arbitrary: fc.constant<JsonObject>({ publish: { x: '<% $.nope %>' } }) },
          { weight: 1, arbitrary: fc.constant<JsonObject>({ input: { x: '<% $.nope %>' } }) },
        ]
      : []),
  );
}

function edge(features: Features): fc.Arbitrary<Edge> {
  return fc.record({
    clause: fc.oneof(
      { weight: 5, arbitrary: fc.constant<Clause>('on-success') },
      { weight: 2, arbitrary: fc.constant<Clause>('on-error') },
      { weight: 2, arbitrary: fc.constant<Clause>('on-complete') },
      { weight: 1, arbitrary: fc.constant<Clause>('on-skip') },
    ),
    target: fc.nat(10),
    guard: fc.oneof(
      { weight: 4, arbitrary: fc.constant(null) },
      { weight: 1, arbitrary: fc.constantFrom('<% true %>', '<% false %>', '<% task().result = bad %>') },
      ...(features.fatal ? [{ weight: 1, arbitrary: fc.constant('<% $.get(x) != bad %>') }] : []),
    ),
    isBack: features.loops ? fc.integer({ min: 0, max: 5 }).map((chance) => chance === 5) : fc.constant(false),
    command: features.commands
      ? fc.oneof(
          { weight: 10, arbitrary: fc.constant(null) },
          { weight: 1, arbitrary: fc.constantFrom('pause', 'fail', 'succeed', 'noop') },
        )
      : fc.constant(null),
  });
}

/** A loop goes round at most twice: its head counts the passes in a variable of the branch. */
const ANOTHER_PASS = '<% $.get(n, 0) < 2 %>';
const COUNT_PASS = { n: '<% $.get(n, 0) + 1 %>' };

function withEdges(shapes: readonly Shape[], { races }: Features): JsonObject {
  const names = shapes.map((_, index) => `t${index}`);
  const edges = shapes.map(({ edges: own }, index) => {
    const targets = own.flatMap((one) => targetOf(one, index, names));
    return races
      ? targets
      : targets.filter(({ target }, at) => targets.findIndex((one) => one.target === target) === at);
  });
  const inbound = names.map((name) => edges.filter((own) => own.some(({ target }) => target === name)).length);
  const heads = new Set(edges.flat().flatMap(({ target, isBack }) => (isBack ? [target] : [])));
  return Object.fromEntries(
    shapes.map((made, index): [string, JsonObject] => {
      const name = names[index] ?? '';
      const body = { name, version: '2.0', type: 'direct', ...made.body, ...clausesOf(edges[index] ?? []) };
      const counting = heads.has(name) ? passCounter(body) : {};
      const own: JsonObject = races ? {} : { publish: { [name]: '<% task().result %>' } };
      const sources = inbound[index] ?? 0;
      const join = races || sources < 2 ? made.join : 0;
      return [name, { ...body, ...counting, ...own, ...joinOf(join, sources) }];
    }),
  );
}

interface Transition {
  readonly clause: Clause;
  readonly target: string;
  readonly guard: string | null;
  readonly isBack: boolean;
}

function targetOf(one: Edge, index: number, names: readonly string[]): readonly Transition[] {
  const { clause, guard, command } = one;
  if (command !== null) return [{ clause, guard, target: command, isBack: false }];
  const later = names.length - index - 1;
  if (one.isBack && index > 0)
    return [{ clause, guard: ANOTHER_PASS, target: names[1 + (one.target % index)] ?? '', isBack: true }];
  if (later === 0) return [];
  return [{ clause, guard, target: names[index + 1 + (one.target % later)] ?? '', isBack: false }];
}

function clausesOf(transitions: readonly Transition[]): JsonObject {
  const clauses: Record<string, Json[]> = {};
  for (const { clause, target, guard } of transitions)
    (clauses[clause] ??= []).push(guard === null ? target : { [target]: guard });
  return clauses;
}

function passCounter(body: JsonObject): JsonObject {
  const publish = { ...(body['publish'] as JsonObject | undefined), ...COUNT_PASS };
  return { publish, 'publish-on-error': COUNT_PASS, 'publish-on-skip': COUNT_PASS };
}

function joinOf(join: number | null, inbound: number): JsonObject {
  if (join === null || inbound === 0) return {};
  return { join: join === 0 ? 'all' : Math.min(join, inbound) };
}
