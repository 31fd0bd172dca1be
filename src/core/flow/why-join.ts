import type { FlowReader } from './flow.js';
import { outlook } from './joins.js';
import type { TaskRow } from './rows.js';
import type { ExplainedWait } from './why-types.js';

/** What a waiting join still lacks: `1 of 2 tasks have led here (join: all).`, and the tasks that may still do. */
export function explainJoin(
  flow: FlowReader,
  join: TaskRow,
): { readonly why: string; readonly waits: readonly ExplainedWait[] } {
  const spec = flow.spec.tasks.get(join.name);
  if (spec === undefined) return { why: 'It waits for the tasks before it.', waits: [] };
  const { states, triggered } = outlook(flow, join, spec);
  const waits = states.flatMap(({ state, name, source }): readonly ExplainedWait[] => {
    if (state === 'triggered') return [];
    const [id, ownState] = [source?.id ?? null, source?.state ?? null];
    return [{ kind: 'task', id, name, state: ownState, why: sourceText(name, state, ownState) }];
  });
  const count = triggered.length;
  const why = `${count} of ${states.length} tasks ${count === 1 ? 'has' : 'have'} led here (join: ${spec.join ?? 'all'}).`;
  return { why, waits };
}

function sourceText(name: string, state: 'waiting' | 'failed', ownState: string | null): string {
  if (state === 'failed') return `Task ${name} can no longer lead here.`;
  return ownState === null ? `Task ${name} has not been started yet.` : `Task ${name} is ${ownState}.`;
}
