import { expect, it } from '@jest/globals';

import { checkDefinitionName } from './index.js';

it.each(['wf', 'book.flow', 'größe-1', 'x'.repeat(255)])('takes the name %s', (name) => {
  expect(() => {
    checkDefinitionName(name);
  }).not.toThrow();
});

it('refuses a name with a space or beyond 255 characters', () => {
  expect(() => {
    checkDefinitionName('w 2');
  }).toThrow("Name 'w 2' must not contain spaces");
  expect(() => {
    checkDefinitionName('x'.repeat(256));
  }).toThrow('name must not exceed 255 symbols');
});
