import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ApiUnderTest } from './api-under-test.js';

let api: ApiUnderTest;

beforeAll(async () => {
  api = await ApiUnderTest.start();
});
afterAll(() => api.stop());

async function verdict(kind: string, text: string): Promise<unknown> {
  return (await api.upload(`/v2/${kind}/validate`, text)).body;
}

describe('the verdict on a definition', () => {
  it('says where it is legal but surely not meant', async () => {
    const text = "version: '2.0'\nw:\n  tasks:\n    a: {action: std.echo output=-1}\n";

    expect(await verdict('workflows', text)).toMatchObject({
      valid: true,
      findings: [{ line: 4, path: ['w', 'tasks', 'a', 'action'], rule: 'dropped-literal' }],
    });
  });

  it('says where it is wrong, in the words of the error', async () => {
    const text = "version: '2.0'\nw:\n  tasks:\n    a: {action: std.noop, join: most}\n";
    const { error, ...rest } = (await verdict('workflows', text)) as { readonly error: string };

    expect(rest).toMatchObject({ valid: false, findings: [{ line: 4, rule: 'invalid', message: error }] });
  });

  it('looks into workbooks and ad-hoc actions', async () => {
    const book = "version: '2.0'\nname: book\nworkflows:\n  w:\n    tasks:\n      a: {action: std.echo output=-1}\n";
    const action = "version: '2.0'\nact:\n  base: std.echo output=-1\n";

    expect(await verdict('workbooks', book)).toMatchObject({ findings: [{ line: 6, rule: 'dropped-literal' }] });
    expect(await verdict('actions', action)).toMatchObject({ findings: [{ line: 3, rule: 'dropped-literal' }] });
  });

  it('has no findings when there is nothing to say', async () => {
    const sound = "version: '2.0'\nw:\n  tasks:\n    a: {action: std.noop}\n";

    expect(await verdict('workflows', sound)).toEqual({ valid: true });
  });
});
