import { expect, it } from '@jest/globals';
import { startChild } from '../../test/support/child.js';

it('ends the process like kill -9 at the passing that CRASHPOINT names', async () => {
  const child = startChild('test/support/pass-crashpoints.ts', [], { CRASHPOINT: 'here:3' });
  expect(await child.ended()).toEqual({ code: null, signal: 'SIGKILL' });
  expect(child.lines).toEqual(['passing 1', 'passing 2', 'passing 3']);
});

it('leaves a process without CRASHPOINT alone', async () => {
  const child = startChild('test/support/pass-crashpoints.ts', [], { CRASHPOINT: '' });
  expect(await child.ended()).toEqual({ code: 0, signal: null });
});
