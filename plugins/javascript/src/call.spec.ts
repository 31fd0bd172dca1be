import { describe, expect, it } from '@jest/globals';
import { type ActionDefinition, failure, success, testAction } from '@tramontane/plugin-sdk';
import pack from './index.js';

const action = pack.createActions({}).find(({ name }) => name === 'javascript.call') as ActionDefinition;
const MODULE = `import { failure, success } from '@tramontane/plugin-sdk';

export class Greet {
  constructor({ name }) { this.name = name }
  run({ execution }) { return 'Hello ' + this.name + ' of ' + execution.workflowName }
}
export class Loud extends Greet { async run(context) { return (await super.run(context)).toUpperCase() } }
export function Old(input) { this.input = input }
Old.prototype.run = function () { return this.input };
export async function greet({ input, idempotencyKey }) { return [input.name, idempotencyKey] }
export const refuse = ({ input }) => failure({ refused: input });
export const accept = () => success();
export const nothing = () => undefined;
export class NoRun {}
export const text = 'text';
export function broken() {
  throw new Error('no paper');
}
`;

function call(name: string, input: Readonly<Record<string, unknown>> = { name: 'Ann' }, module = MODULE) {
  return testAction(action, { module, name, input });
}

describe('javascript.call', () => {
  it.each([
    ['Greet', success('Hello Ann of test_workflow')],
    ['Loud', success('HELLO ANN OF TEST_WORKFLOW')],
    ['Old', success({ name: 'Ann' })],
    ['greet', success(['Ann', 'test-action-execution'])],
    ['refuse', failure({ refused: { name: 'Ann' } })],
    ['accept', success(null)],
    ['nothing', success(null)],
  ])('calls %s', async (name, outcome) => {
    expect(await call(name)).toEqual(outcome);
  });

  it.each([
    ['NoRun', 'TypeError: the class "NoRun" has no method run'],
    ['text', 'TypeError: there is no exported class or function "text"'],
    ['absent', 'TypeError: there is no exported class or function "absent"'],
    ['constructor', 'TypeError: there is no exported class or function "constructor"'],
    ['broken', 'Error: no paper (line 17)'],
  ])('of %s says what is wrong', async (name, reason) => {
    await expect(call(name)).rejects.toThrow(reason);
  });

  it.each([
    ['export const x = ;', "SyntaxError: unexpected token in expression: ';' (line 1)"],
    ['class A:\n  pass', 'SyntaxError: '],
    ['import fs from "node:fs"; export const x = fs', 'can not import "node:fs"'],
    ['throw new Error("at once")', 'Error: at once'],
    ['await new Promise(() => {}); export const x = 1', 'it waits for a promise that nothing will settle'],
  ])('of a module that can not be used, %j, says why', async (module, reason) => {
    await expect(call('x', {}, module)).rejects.toThrow(reason);
  });
});
