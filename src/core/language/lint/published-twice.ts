import type { DefinitionPath } from '../errors.js';
import type { OnClauseName, TaskSpec, WorkflowSpec } from '../spec.js';
import { finding, type Finding } from './finding.js';

/** What a task publishes in one outcome, strongest first. */
const OUTCOMES = [
  ['on-complete', 'publish', 'on-success'],
  ['on-complete', 'publish-on-error', 'on-error'],
  ['publish-on-skip', 'on-skip'],
] as const;

type Place = (typeof OUTCOMES)[number][number];

/** Names that a task publishes twice in the same outcome, of which one value is lost. */
export function checkPublishedTwice(workflow: WorkflowSpec, path: DefinitionPath): readonly Finding[] {
  return [...workflow.tasks.values()].flatMap((task) => {
    const place = [...path, 'tasks', task.name];
    const lost = (['branch', 'global'] as const).flatMap((scope) => losersOf(task, scope));
    return lost.map(({ at, name, winner }) =>
      finding(
        'published-twice',
        [...place, ...at],
        `'${name}' is also published by ${winner} of '${task.name}', and that value wins`,
      ),
    );
  });
}

interface Loser {
  readonly at: readonly string[];
  readonly name: string;
  readonly winner: Place;
}

function losersOf(task: TaskSpec, scope: 'branch' | 'global'): readonly Loser[] {
  const losers = new Map<string, Loser>();
  for (const places of OUTCOMES) {
    const winners = new Map<string, Place>();
    for (const place of places)
      for (const name of Object.keys(variablesAt(task, place, scope))) {
        const winner = winners.get(name);
        const at = isClause(place) ? [place, 'publish', scope, name] : [place, name];
        if (winner === undefined) winners.set(name, place);
        else losers.set(JSON.stringify(at), { at, name, winner });
      }
  }
  return [...losers.values()];
}

function variablesAt(task: TaskSpec, place: Place, scope: 'branch' | 'global'): object {
  if (isClause(place)) return task.on[place]?.publish?.[scope] ?? {};
  if (scope === 'global') return {};
  const own = { publish: task.publish, 'publish-on-error': task.publishOnError, 'publish-on-skip': task.publishOnSkip };
  return own[place] ?? {};
}

function isClause(place: Place): place is Extract<Place, OnClauseName> {
  return place.startsWith('on-');
}
