import type { DefinitionPath } from '../errors.js';
import { namedMembers } from '../raw.js';
import type { PublishSpec, TaskSpec, WorkflowSpec } from '../spec.js';
import { neededVariables } from './expression-names.js';
import { finding, type Finding } from './finding.js';
import { list } from './reachability.js';
import { walkTexts } from './walk-texts.js';

/** Variables that are in the data of every execution. */
const BUILT_IN: readonly string[] = ['openstack', '__env', '__execution', '__task_execution', '__versions'];

/** Parts of a task that see what the task itself has published. */
const AFTER_PUBLISH: ReadonlySet<string> = new Set(['on-success', 'on-error', 'on-complete', 'on-skip', 'retry']);

/** Not expressions, or not evaluated. */
const WITHOUT_EXPRESSIONS: ReadonlySet<string> = new Set([
  'name',
  'version',
  'type',
  'description',
  'tags',
  'join',
  'requires',
]);

/** In larger workflows it is not asked which task runs before which. */
const MOST_TASKS = 2_000;
/** Transitions followed and publishers looked at for all variables together; the rest counts as known. */
const MOST_STEPS = 20_000_000;

/** Variables that are used where no path can have published them. */
export function checkVariables(workflow: WorkflowSpec, path: DefinitionPath): readonly Finding[] {
  const everywhere = new Set([
    ...BUILT_IN,
    ...workflow.input.map(({ name }) => name),
    ...Object.keys(workflow.vars ?? {}),
  ]);
  for (const task of workflow.tasks.values()) for (const name of globalsOf(task)) everywhere.add(name);
  const publishers = publishersOf(workflow);
  const findings: Finding[] = [];
  let steps = 0;
  const report = (name: string, at: DefinitionPath, user: string): void => {
    const from = [...(publishers.get(name) ?? [])];
    const why =
      from.length === 0
        ? 'nothing publishes it'
        : `only ${list(from)} ${from.length === 1 ? 'publishes' : 'publish'} it, which can't run before`;
    findings.push(finding('unknown-variable', at, `${user} uses the variable '${name}', but ${why}`, name));
  };
  for (const task of workflow.tasks.values()) {
    const before = lazy(() => ancestors(workflow, task.name, () => (steps += 1)));
    const isKnown: IsKnown = (name, seesOwn) => {
      const from = publishers.get(name);
      if (everywhere.has(name) || from === undefined) return everywhere.has(name);
      if (workflow.tasks.size > MOST_TASKS || steps > MOST_STEPS || (seesOwn && from.has(task.name))) return true;
      steps += from.size;
      return [...from].some((publisher) => before().has(publisher));
    };
    checkTask(task, isKnown, path, report);
  }
  for (const part of ['output', 'output-on-error'] as const) {
    walkTexts(workflow.raw[part], [...path, part], (text, at) => {
      for (const name of neededVariables(text))
        if (!everywhere.has(name) && !publishers.has(name)) report(name, at(), `the ${part}`);
    });
  }
  return findings;
}

type IsKnown = (name: string, seesOwn: boolean) => boolean;
type Report = (name: string, at: DefinitionPath, user: string) => void;

function checkTask(task: TaskSpec, isKnown: IsKnown, path: DefinitionPath, report: Report): void {
  const items = new Set(task.withItems.map(({ variable }) => variable));
  for (const [part, value] of namedMembers(task.raw)) {
    if (WITHOUT_EXPRESSIONS.has(part)) continue;
    walkTexts(value, [...path, 'tasks', task.name, part], (text, at) => {
      for (const name of neededVariables(text)) {
        if (!items.has(name) && !isKnown(name, AFTER_PUBLISH.has(part))) report(name, at(), `task '${task.name}'`);
      }
    });
  }
}

/** Tasks that can have run before a task, itself included when it is in a loop. */
function ancestors(workflow: WorkflowSpec, task: string, onStep: () => void): ReadonlySet<string> {
  const sources = (name: string): readonly string[] =>
    workflow.type === 'reverse' ? (workflow.tasks.get(name)?.requires ?? []) : (workflow.inbound.get(name) ?? []);
  const found = new Set(sources(task));
  for (const name of found) {
    for (const source of sources(name)) {
      onStep();
      found.add(source);
    }
  }
  return found;
}

function publishersOf(workflow: WorkflowSpec): ReadonlyMap<string, ReadonlySet<string>> {
  const publishers = new Map<string, Set<string>>();
  for (const task of workflow.tasks.keys()) {
    for (const name of publishedBy(workflow, task)) publishers.set(name, (publishers.get(name) ?? new Set()).add(task));
  }
  return publishers;
}

function publishedBy(workflow: WorkflowSpec, name: string): readonly string[] {
  const task = workflow.tasks.get(name);
  if (task === undefined) return [];
  const direct = [
    task.publish,
    task.publishOnError,
    task.publishOnSkip,
    ...clausesOf(task).map(({ branch }) => branch),
  ];
  return direct.flatMap((variables) => Object.keys(variables ?? {}));
}

function globalsOf(task: TaskSpec): readonly string[] {
  return clausesOf(task).flatMap((publish) => Object.keys(publish.global ?? {}));
}

function clausesOf(task: TaskSpec): readonly PublishSpec[] {
  return Object.values(task.on).flatMap((clause) => clause.publish ?? []);
}

function lazy<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
