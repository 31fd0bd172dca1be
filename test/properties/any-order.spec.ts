import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { ExecutionRow, TaskRow } from '../../src/core/flow/rows.js';
import { dictEntries, isDict, type Json, stringifyJson } from '../../src/core/shared/index.js';
import { checkEnd, checkTransaction } from './checks.js';
import { type Answers, playInOrder } from './moves.js';
import { ORDERLY, randomWorkflows, type RandomWorkflows, specsOf } from './random-workflow.js';
import { SEED, WORKFLOWS } from './settings.js';
import { TooBig, World } from './world.js';

/**
 * States of all tasks and executions by workflow and name; with the outputs, unless a join has failed: it fails at once, and
 * does not see what the branches that end later have published.
 */
function outcome(workflows: RandomWorkflows, name: string, order: readonly number[], answers: Answers): unknown {
  const world = new World(specsOf(workflows), checkTransaction);
  world.start(name);
  playInOrder(world, order, answers);
  checkEnd(world);
  const flows = [...world.flows.values()];
  const hasFailedJoin = flows.some(({ tasks }) => [...tasks.values()].some(isFailedJoin));
  const lines = flows.flatMap(({ execution, tasks }) => [
    [execution.workflowName, execution.state, hasFailedJoin ? null : shownOutput(execution)],
    ...[...tasks.values()].map((task) => [`${task.workflowName}/${task.name}`, task.state]),
  ]);
  return lines.map((line) => JSON.stringify(line)).sort();
}

function isFailedJoin({ stateInfo }: TaskRow): boolean {
  return stateInfo?.startsWith('Failed by tasks') === true;
}

/** Without the text of a failure, which holds ids. */
function shownOutput({ state, output }: ExecutionRow): Json {
  if (!isDict(output)) return output;
  const shown = dictEntries(output).map(([key, value]) =>
    stringifyJson([key, key === 'result' && state !== 'SUCCESS' ? null : value]),
  );
  return shown.sort();
}

it(`the same results in any order give the same states and output (PROPERTY_SEED=${SEED})`, () => {
  const order = fc.array(fc.nat(255), { minLength: 1, maxLength: 30, size: 'max' });
  fc.assert(
    fc.property(
      randomWorkflows(ORDERLY),
      fc.array(order, { minLength: 2, maxLength: 4 }),
      fc.nat(15),
      (made, orders, salt) => {
        const answers: Answers = (task, row) =>
          (task.name.charCodeAt(1) * 7 + row.index * 5 + row.run * 3 + salt) % 4 === 0 ? 'ERROR' : 'SUCCESS';
        for (const name of ['top', 'back'])
          try {
            const [first, ...others] = orders.map((one) => outcome(made, name, one, answers));
            for (const other of others) expect(other).toEqual(first);
          } catch (error) {
            if (!(error instanceof TooBig)) throw error;
          }
      },
    ),
    { seed: SEED, numRuns: WORKFLOWS },
  );
});
