import type { Draft } from './draft.js';
import type { Flow } from './flow.js';

/** Makes the changes of a committed draft part of the flow below it. */
export function absorb(draft: Draft): Flow {
  const flow = draft.base;
  flow.execution = draft.execution;
  for (const row of draft.tasks.values()) flow.putTask(row);
  for (const row of draft.actions.values()) flow.putAction(row);
  for (const row of draft.children.values()) flow.putChild(row);
  for (const id of draft.timersGone) flow.dropTimer(id);
  for (const row of draft.timersSet.values()) flow.putTimer(row);
  for (const [id, tally] of draft.tallies) flow.tallies.set(id, tally);
  for (const [id, context] of draft.contexts) flow.contexts.set(id, context);
  for (const [id, witness] of draft.witnesses)
    if (witness === null) flow.witnesses.delete(id);
    else flow.witnesses.set(id, witness);
  return flow;
}
