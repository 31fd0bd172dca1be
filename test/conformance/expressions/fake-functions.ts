import type { DataFunctions } from '../../../src/core/expressions/index.js';

/** The answers that the examples in the documentation rely on. */
export const FAKE_FUNCTIONS: DataFunctions = {
  execution: () => ({ id: 'ex-1', name: 'deploy', input: {} }),
  executions: ({ state }) => [{ id: 'ex-0', name: 'nightly', state }],
  task: (name) => ({ name, state: 'SUCCESS', result: { image: 'img-7' } }),
  tasks: ({ workflowExecutionId }) => [{ name: 'build', workflow_execution_id: workflowExecutionId }],
  global: (name) => (name === 'region' ? 'eu' : null),
  uuid: () => '3f0c7a52-9a4e-4c0d-8d6b-0d6d3ff1a001',
  now: () => 1_580_428_800_000_000,
  random: () => 0.5,
};
