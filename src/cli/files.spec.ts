import { expect, it } from '@jest/globals';
import { stringifyJson } from '../core/shared/index.js';
import { readObject, readText } from './files.js';

it('reads an object without changing a number', async () => {
  expect(stringifyJson(await readObject('{"x": 4.0, "n": 12345678901234567890}', '--input'))).toBe(
    '{"x":4.0,"n":12345678901234567890}',
  );
  expect(await readObject(undefined, '--input')).toBeUndefined();
});

it('says which option is wrong', async () => {
  await expect(readObject('{x', '--input')).rejects.toThrow(/^--input: got \{x, expected JSON or @file/);
  await expect(readObject('[1]', '--env')).rejects.toThrow('--env: got [1], expected a JSON object');
});

it('says why a file can not be read', async () => {
  await expect(readText('/nowhere/x.yaml')).rejects.toThrow('/nowhere/x.yaml: there is no such file');
  await expect(readText('/')).rejects.toThrow('/: it is a folder');
});
