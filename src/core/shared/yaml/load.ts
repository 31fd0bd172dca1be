import type { Json } from '../py-dict.js';
import { construct, type TimestampBuilder } from './construct.js';
import { LineTable, type Position } from './marks.js';
import type { MappingNode, ScalarNode, YamlNode } from './nodes.js';
import { parseNodes } from './parser.js';

/**
 * Value of a YAML text with one document, read as PyYAML's safe loader does, except that `&`, `*` and `@` start plain text
 * (no anchors). Dates become ISO text; keys that are no text make a `PyDict`; an empty text gives null.
 * @throws {YamlError} with line and column
 */
export function loadYaml(text: string): Json {
  return loadYamlWith<Json>(text, (timestamp) => timestamp.toText());
}

/** Like {@link loadYaml} with dates made by the caller, e.g. as date objects of an expression language. */
export function loadYamlWith<V>(text: string, timestamp: TimestampBuilder<V>): V | Json {
  const { root, text: source } = parseNodes(text);
  return root === undefined ? null : construct(root, source, timestamp);
}

export type YamlPath = readonly (string | number)[];

export interface YamlDocument<V> {
  readonly value: V | Json;
  /** Where a member (its key) or an item stands, e.g. of `['wf', 'tasks', 't1', 'join']`; of a missing one, its owner. */
  positionOf(path: YamlPath): Position;
  /** Where the value stands that {@link positionOf} names the key of. */
  valuePositionOf(path: YamlPath): Position;
  /** Keys that stand again in a mapping; the last value wins. */
  duplicateKeys(): readonly DuplicateKey[];
}

/** The later one of two equal keys. */
export interface DuplicateKey extends Position {
  readonly key: string;
  readonly path: YamlPath;
}

/** A YAML text as value and source positions, for messages about its content. */
export function parseYamlDocument<V = string>(text: string, timestamp: TimestampBuilder<V>): YamlDocument<V> {
  const { root, text: source } = parseNodes(text);
  const value = root === undefined ? null : construct(root, source, timestamp);
  let lines: LineTable | undefined;
  const at = (index: number): Position => (lines ??= new LineTable(source)).at(index);
  const locate = locator(root);
  return {
    value,
    positionOf: (path) => at(locate(path).key),
    valuePositionOf: (path) => at(locate(path).value),
    duplicateKeys: () => repeatedKeys(root).map(({ node, path }) => ({ key: node.value, path, ...at(node.start) })),
  };
}

interface RepeatedKey {
  readonly node: ScalarNode;
  readonly path: YamlPath;
}

function repeatedKeys(root: YamlNode | undefined): readonly RepeatedKey[] {
  const found: RepeatedKey[] = [];
  const path: (string | number)[] = [];
  const visit = (node: YamlNode): void => {
    if (node.kind === 'sequence') {
      for (const [index, item] of node.items.entries()) {
        path.push(index);
        visit(item);
        path.pop();
      }
    } else if (node.kind === 'mapping') visitMapping(node);
  };
  const visitMapping = ({ entries }: MappingNode): void => {
    const seen = new Set<string>();
    for (const [key, value] of entries) {
      if (key.kind !== 'scalar') {
        visit(value);
        continue;
      }
      path.push(key.value);
      if (seen.has(`${key.tag} ${key.value}`)) found.push({ node: key, path: [...path] });
      seen.add(`${key.tag} ${key.value}`);
      visit(value);
      path.pop();
    }
  };
  if (root !== undefined) visit(root);
  return found;
}

interface Location {
  readonly key: number;
  readonly value: number;
}

/** Looks places up; the keys of each mapping on a way are sorted out once. */
function locator(root: YamlNode | undefined): (path: YamlPath) => Location {
  const entries = new WeakMap<MappingNode, ReadonlyMap<string, Entry>>();
  const entryOf = (node: MappingNode, key: string): Entry | undefined => {
    const known = entries.get(node) ?? lastEntries(node);
    entries.set(node, known);
    return known.get(key);
  };
  return (path) => {
    let node = root;
    let location: Location = { key: root?.start ?? 0, value: root?.start ?? 0 };
    for (const step of path) {
      if (node?.kind === 'sequence') {
        node = node.items[Number(step)];
        if (node === undefined) break;
        location = { key: node.start, value: node.start };
      } else if (node?.kind === 'mapping') {
        const entry = entryOf(node, String(step));
        if (entry === undefined) break;
        node = entry[1];
        location = { key: entry[0].start, value: node.start };
      } else break;
    }
    return location;
  };
}

type Entry = MappingNode['entries'][number];

function lastEntries(node: MappingNode): ReadonlyMap<string, Entry> {
  const last = new Map<string, Entry>();
  for (const entry of node.entries) if (entry[0].kind === 'scalar') last.set(entry[0].value, entry);
  return last;
}
