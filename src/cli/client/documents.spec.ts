import { expect, it } from '@jest/globals';
import { readDocument } from './documents.js';

it.each([
  ["version: '2.0'\na: {tasks: {t: {}}}", 'workflows'],
  ["version: '2.0'\na: {base: std.echo}", 'actions'],
  ["version: '2.0'\nname: b\nworkflows: {a: {tasks: {t: {}}}}", 'workbook'],
  ['{"name": "prod", "variables": {"a": 1}}', 'environment'],
])('knows what %j is for', (text, kind) => {
  expect(readDocument(text, 'f.yaml').kind).toBe(kind);
});

it('keeps the text of a single member, and cuts several apart', () => {
  const single = "version: '2.0'\n# why\na: {tasks: {t: {}}}\n";
  const several = `${single}b: {tasks: {u: {}}}\n`;

  expect(readDocument(single, 'f.yaml')).toMatchObject({ members: [{ name: 'a', text: single }] });
  expect(readDocument(several, 'f.yaml')).toMatchObject({
    members: [
      { name: 'a', text: "version: '2.0'\na:\n  tasks:\n    t: {}\n" },
      { name: 'b', text: "version: '2.0'\nb:\n  tasks:\n    u: {}\n" },
    ],
  });
});

it('names the place where a file is no YAML', () => {
  expect(() => readDocument('a: [1', 'f.yaml')).toThrow(/^f\.yaml:\d+:\d+: /);
  expect(() => readDocument('- 1', 'f.yaml')).toThrow('f.yaml: expected workflows');
});
