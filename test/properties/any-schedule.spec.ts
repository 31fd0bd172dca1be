import { describe, it } from '@jest/globals';
import fc from 'fast-check';
import { checkEnd, checkTransaction } from './checks.js';
import { letEverythingEnd, makeMove, type MoveKinds } from './moves.js';
import { EVERYTHING, type Features, randomWorkflows, type RandomWorkflows, specsOf } from './random-workflow.js';
import { SEED, WORKFLOWS } from './settings.js';
import { TooBig, World } from './world.js';

/** Plays one schedule to its end, with every transaction checked. */
function play(workflows: RandomWorkflows, schedule: readonly number[], kinds: MoveKinds): World {
  const world = new World(specsOf(workflows), checkTransaction);
  world.isShadowed = schedule.length % 4 === 1;
  try {
    world.start(schedule.length % 5 === 4 ? 'back' : 'top');
    for (const choice of schedule) makeMove(world, choice, kinds);
    world.budget = Infinity;
    letEverythingEnd(world);
    checkEnd(world);
  } catch (error) {
    if (!(error instanceof TooBig)) throw error;
  }
  return world;
}

/** Without loops nothing leads to a join again. */
function checkSingleJoins(world: World): void {
  for (const flow of world.flows.values())
    for (const { name, join } of flow.spec.tasks.values())
      if (join !== undefined && flow.tasksNamed(name).length > 1) throw new Error(`the join ${name} exists twice`);
}

function always(features: Features, kinds: MoveKinds): void {
  const schedules = fc.array(fc.array(fc.nat(4095), { maxLength: 40, size: 'max' }), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(randomWorkflows(features), schedules, (workflows, all) => {
      for (const schedule of all) {
        const world = play(workflows, schedule, kinds);
        if (!features.loops) checkSingleJoins(world);
      }
    }),
    { seed: SEED, numRuns: WORKFLOWS },
  );
}

describe(`any workflow under any schedule (PROPERTY_SEED=${SEED})`, () => {
  it('ends, and keeps every rule on the way, when actions and timers come in any order', () => {
    always({ ...EVERYTHING, loops: false }, { users: false, accidents: false });
  });

  it('does so when users pause, resume, stop, rerun and skip', () => {
    always(EVERYTHING, { users: true, accidents: false });
  });

  it('does so without loops, where each join exists once', () => {
    always({ ...EVERYTHING, loops: false }, { users: true, accidents: true });
  });

  it('does so when executors and processes crash as well', () => {
    always(EVERYTHING, { users: true, accidents: true });
  });
});
