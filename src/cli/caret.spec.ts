import { expect, it } from '@jest/globals';
import { caretUnderSyntaxError } from './caret.js';

it.each([
  ['<% 1 + * 2 %>', '         ^'],
  ['a <% 1 %> b <% 1 ? 2 %>', '                   ^'],
  ['<% $.x + %>', '          ^'],
  ['😀 <% ? %>', '       ^'],
])('points at the place in %s', (text, caret) => {
  expect(caretUnderSyntaxError(text)).toBe(`  ${text}\n${caret}`);
});

it('shows only the line with the error', () => {
  expect(caretUnderSyntaxError('one\ntwo <% ? %>\nthree')).toBe('  two <% ? %>\n         ^');
});

it('says nothing about what can be read', () => {
  expect(caretUnderSyntaxError('<% nosuch() %> {{ x')).toBe('');
});
