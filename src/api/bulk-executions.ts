import { Inject, Injectable } from '@nestjs/common';
import { InputError, MistralError } from '../core/shared/index.js';
import { Engine } from '../engine/index.js';
import { type FoundExecution, type QueryParameters, readFlag, Reads, type SeenId } from '../store/queries/index.js';
import type { CallerOf } from './http/index.js';

export type BulkAction = 'pause' | 'resume' | 'stop' | 'rerun' | 'delete';

/** A change of all executions that a filter matches. */
export interface BulkRequest {
  readonly action: BulkAction;
  /** As in the query of the list, e.g. `{ state: 'in:RUNNING,PAUSED' }`. */
  readonly filter: QueryParameters;
  /** For stop. */
  readonly state: string;
  readonly stateInfo: string | null | undefined;
  /** For delete. */
  readonly force: boolean;
  readonly withSubExecutions: boolean;
  /** Change only the oldest so many of them. */
  readonly limit: number | undefined;
  readonly isDryRun: boolean;
}

export interface BulkAnswer {
  readonly matched: number;
  readonly done: number;
  readonly refused: readonly Refused[];
}

interface Refused {
  readonly id: string;
  readonly reason: string;
}

/** How many executions one request changes at most. */
export const MAX_BULK = 1_000;

/** So many are changed side by side; others keep their share of the connections. */
const SIDE_BY_SIDE = 4;

/** States in which an action makes a difference; the engine itself passes over some requests in silence. */
const STATES: Readonly<Record<BulkAction, readonly string[] | undefined>> = {
  pause: ['IDLE', 'RUNNING'],
  resume: ['IDLE', 'PAUSED'],
  stop: ['IDLE', 'RUNNING', 'PAUSED'],
  rerun: ['ERROR'],
  delete: undefined,
};

/** Changes many executions, each as if it had been asked for alone. */
@Injectable()
export class BulkExecutions {
  constructor(
    @Inject(Reads) private readonly reads: Reads,
    @Inject(Engine) private readonly engine: Engine,
  ) {}

  /** @throws {InputError} for a wrong filter, or one that matches too many; nothing is changed then */
  async run(request: BulkRequest, caller: CallerOf): Promise<BulkAnswer> {
    const viewer = viewerOf(request.filter, caller);
    const { matched, found } = await this.reads.matching(viewer, withRoots(request), request.limit ?? MAX_BULK);
    if (request.isDryRun) return { matched, done: 0, refused: [] };
    if (request.limit === undefined && matched > MAX_BULK)
      throw new InputError(
        `The filter matches ${matched} executions, and at most ${MAX_BULK} can be changed at once: ` +
          'narrow it, or send a limit to change the oldest ones.',
      );
    const refused: Refused[] = [];
    for (let at = 0; at < found.length; at += SIDE_BY_SIDE) {
      const some = found.slice(at, at + SIDE_BY_SIDE);
      const outcomes = await Promise.all(some.map((one) => this.attempt(one, request, viewer)));
      refused.push(...outcomes.filter((outcome) => outcome !== undefined));
    }
    return { matched, done: found.length - refused.length, refused };
  }

  /** @returns why it was not changed */
  private async attempt(
    { id, state }: FoundExecution,
    request: BulkRequest,
    viewer: CallerOf,
  ): Promise<Refused | undefined> {
    const states = STATES[request.action];
    if (states?.includes(state) === false)
      return { id, reason: `It is ${state}: ${request.action} needs one of ${states.join(', ')}.` };
    try {
      await this.change(id, request, viewer);
      return undefined;
    } catch (error) {
      if (!(error instanceof MistralError) || error.status >= 500) throw error;
      return { id, reason: error.message };
    }
  }

  private async change(id: SeenId, request: BulkRequest, viewer: CallerOf): Promise<void> {
    switch (request.action) {
      case 'pause':
        return this.engine.updateExecution(id, { state: 'PAUSED' }, viewer);
      case 'resume':
        return this.engine.updateExecution(id, { state: 'RUNNING' }, viewer);
      case 'stop':
        return this.engine.updateExecution(id, { state: request.state, stateInfo: request.stateInfo }, viewer);
      case 'delete':
        return this.engine.deleteExecution(id, request.force, viewer);
      case 'rerun':
        return this.rerun(id, viewer);
    }
  }

  private async rerun(id: SeenId, viewer: CallerOf): Promise<void> {
    const tasks = await this.reads.tasksToRerun(id);
    if (tasks.length === 0) throw new InputError('None of its tasks is in ERROR.');
    // Together, so that the first to fail again does not end the execution before the others have begun.
    await Promise.all(tasks.map((task) => this.engine.rerunTask(task, true, undefined, viewer)));
  }
}

/** Not even administrators change executions of other projects unless they say so. */
function viewerOf(filter: QueryParameters, caller: CallerOf): CallerOf {
  const { all_projects: allProjects, project_id: project } = filter;
  const isAcross = project !== undefined || readFlag('all_projects', String(allProjects ?? ''));
  return isAcross ? caller : { ...caller, isAdmin: false };
}

function withRoots({ filter, withSubExecutions }: BulkRequest): QueryParameters {
  if (withSubExecutions) return filter;
  const nulls = [filter['nulls'], 'task_execution_id'].filter((names) => names !== undefined);
  return { ...filter, nulls: nulls.join(',') };
}
