import { expect, it } from '@jest/globals';
import { readDocument } from './client/documents.js';
import { mainWorkflow } from './main-workflow.js';

const leaf = 'leaf: {tasks: {t: {action: std.noop}}}';
const root = 'root: {tasks: {t: {workflow: leaf}}}';

function mainOf(...lines: readonly string[]): string {
  return mainWorkflow(readDocument(["version: '2.0'", ...lines].join('\n'), 'f.yaml'), 'f.yaml');
}

it('takes the only workflow, or the only one that no other calls', () => {
  expect(mainOf(leaf)).toBe('leaf');
  expect(mainOf(leaf, root)).toBe('root');
});

it('takes the full name of a member of a workbook', () => {
  expect(mainOf('name: book', `workflows: {${leaf}, ${root}}`)).toBe('book.root');
});

it('asks which one when several could be meant', () => {
  expect(() => mainOf(leaf, 'other: {tasks: {t: {action: std.noop}}}')).toThrow(
    'f.yaml: --workflow must say which one of its workflows to run: leaf, other',
  );
});

it('refuses what has no workflow, and says where a definition is wrong', () => {
  expect(() => mainOf('a: {base: std.echo}')).toThrow('f.yaml: there is no workflow in it');
  expect(() => mainOf('w: {tasks: {t: {join: most}}}')).toThrow(/^f\.yaml:2:\d+: /);
});
