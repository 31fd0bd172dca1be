import { expect, it } from '@jest/globals';
import { validate } from '../core/expressions/index.js';
import { parseWorkflows } from '../core/language/index.js';
import { Budget } from './budget.js';
import { Evaluations } from './evaluation/evaluations.js';
import { Pace } from './pace.js';
import { UnitOfWork } from './unit-of-work.js';
import type { UnitParts } from './unit-parts.js';

it('tells a parent of another transaction that its sub-workflow could not be started', async () => {
  const unit = new UnitOfWork(
    partsFor("version: '2.0'\nw:\n  vars: {v: <% $.missing %>}\n  tasks:\n    t: {action: std.noop}\n"),
  );

  await unit.startTold({
    id: 'child',
    projectId: 'p',
    workflow: { id: 'i', name: 'w', namespace: '', workbookName: null, specId: 's' },
    input: {},
    params: {},
    description: null,
    parent: { executionId: 'parent', taskExecutionId: 't', rootExecutionId: 'parent', index: 0, run: 1 },
  });

  expect(unit.changes).toEqual([]);
  expect(unit.outside).toEqual([
    { executionId: 'parent', event: expect.objectContaining({ kind: 'child-done', childId: 'child', state: 'ERROR' }) },
  ]);
});

/** A transaction that knows one workflow and nothing else. */
function partsFor(yaml: string): UnitParts {
  const [definition] = parseWorkflows(yaml, { validateExpression: (text) => validate(text) });
  const nothing = (): never => {
    throw new Error('not asked for here');
  };
  return {
    tx: { rows: nothing, rowsThenCommit: nothing },
    definitions: { spec: () => Promise.resolve(definition?.spec) } as unknown as UnitParts['definitions'],
    lookups: {} as UnitParts['lookups'],
    actions: { find: nothing },
    settings: { fieldSizeLimitKb: 1024, mergeStrategy: 'replace', publicUrl: '', notify: [] },
    budget: new Budget(() => 0),
    pace: new Pace(() => 0),
    trees: { bounds: { maxDepth: 500, maxSize: 100_000 } } as unknown as UnitParts['trees'],
    evaluations: new Evaluations(nothing, () => false),
    rootExecutionId: 'parent',
    watched: (decide) => decide(),
    startedAt: 0,
    refused: nothing,
  };
}
