import { toDict } from '../dict.js';
import type { Json } from '../py-dict.js';
import { pythonStringRepr } from '../python-repr.js';
import { YAML_TAG, type MappingNode, type ScalarNode, type YamlNode } from './nodes.js';
import { parseYamlFloat, parseYamlInt } from './numbers.js';
import { parseTimestamp, type YamlTimestamp } from './timestamp.js';
import { yamlError, type YamlProblem } from './yaml-error.js';

/** Makes the value of a timestamp, which JSON does not have. */
export type TimestampBuilder<V> = (timestamp: YamlTimestamp) => V;

const BOOLEANS: Readonly<Record<string, boolean>> = {
  yes: true,
  no: false,
  true: true,
  false: false,
  on: true,
  off: false,
};

/**
 * The value a node stands for, under PyYAML's safe loader: of duplicate keys the last wins, `<<` merges, unknown tags fail.
 * @throws {YamlError} worded as PyYAML's ConstructorError
 */
export function construct<V>(root: YamlNode, text: string, timestamp: TimestampBuilder<V>): V | Json {
  return new Constructor(text, timestamp).value(root);
}

type Pair = readonly [YamlNode, YamlNode];

class Constructor<V> {
  constructor(
    private readonly text: string,
    private readonly timestamp: TimestampBuilder<V>,
  ) {}

  value(node: YamlNode): V | Json {
    const type = node.tag.startsWith(YAML_TAG) ? node.tag.slice(YAML_TAG.length) : '';
    if (type === 'map') return this.mapping(node);
    if (type === 'seq') return this.sequence(node);
    if (type === 'omap' || type === 'pairs') return this.pairs(node, type);
    if (type === 'binary' || type === 'set') throw this.error(node, `a !!${type} has no JSON form`);
    if (!SCALAR_TYPES.has(type))
      throw this.error(node, `could not determine a constructor for the tag ${pythonStringRepr(node.tag)}`);
    if (node.kind !== 'scalar') throw this.error(node, `expected a scalar node, but found ${node.kind}`);
    return this.scalar(node, type);
  }

  private scalar(node: ScalarNode, type: string): V | Json {
    if (type === 'str') return node.value;
    if (type === 'null') return null;
    const value = this.typed(node, type);
    if (value === undefined) throw this.error(node, `could not read ${pythonStringRepr(node.value)} as ${type}`);
    return value;
  }

  private typed(node: ScalarNode, type: string): V | Json | undefined {
    if (type === 'int') return parseYamlInt(node.value);
    if (type === 'float') return parseYamlFloat(node.value);
    if (type === 'bool')
      return Object.hasOwn(BOOLEANS, node.value.toLowerCase()) ? BOOLEANS[node.value.toLowerCase()] : undefined;
    const timestamp = parseTimestamp(node.value);
    return timestamp === undefined ? undefined : this.timestamp(timestamp);
  }

  private sequence(node: YamlNode): V | Json {
    if (node.kind !== 'sequence') throw this.error(node, `expected a sequence node, but found ${node.kind}`);
    return node.items.map((item) => this.value(item)) as Json;
  }

  private mapping(node: YamlNode): V | Json {
    if (node.kind !== 'mapping') throw this.error(node, `expected a mapping node, but found ${node.kind}`);
    const pairs = this.merged(node).map(([key, value]) => [this.key(key, node), this.value(value)] as const);
    return toDict<V | Json>(
      pairs as readonly (readonly [V | Json, V | Json])[] as readonly (readonly [string, V | Json])[],
    ) as Json;
  }

  private key(key: YamlNode, mapping: MappingNode): V | Json {
    if (key.kind === 'scalar') return TEXT_AS_KEY.has(key.tag) ? key.value : this.value(key);
    throw this.problem({
      context: 'while constructing a mapping',
      contextIndex: mapping.start,
      problem: 'found unhashable key',
      index: key.start,
    });
  }

  /** Entries with those that `<<` brings in put first, so that the mapping's own win. */
  private merged(node: MappingNode): readonly Pair[] {
    const isMerge = ([key]: Pair): boolean => key.tag === `${YAML_TAG}merge`;
    if (!node.entries.some(isMerge)) return node.entries;
    const brought = node.entries.filter(isMerge).flatMap(([, value]) => this.mergeSource(value, node));
    return [...brought, ...node.entries.filter((entry) => !isMerge(entry))];
  }

  private mergeSource(source: YamlNode, node: MappingNode): readonly Pair[] {
    if (source.kind === 'mapping') return this.merged(source);
    const context = { context: 'while constructing a mapping', contextIndex: node.start };
    if (source.kind === 'scalar') {
      const problem = 'expected a mapping or list of mappings for merging, but found scalar';
      throw this.problem({ ...context, problem, index: source.start });
    }
    const parts = source.items.map((item) => {
      if (item.kind === 'mapping') return this.merged(item);
      const problem = `expected a mapping for merging, but found ${item.kind}`;
      throw this.problem({ ...context, problem, index: item.start });
    });
    return parts.reverse().flat();
  }

  /** `!!omap` and `!!pairs`: a list of `[key, value]`. */
  private pairs(node: YamlNode, type: string): Json {
    const context = `while constructing ${type === 'omap' ? 'an ordered map' : 'pairs'}`;
    const fail = (problem: string, index: number): Error =>
      this.problem({ context, contextIndex: node.start, problem, index });
    if (node.kind !== 'sequence') throw fail(`expected a sequence, but found ${node.kind}`, node.start);
    return node.items.map((item) => {
      if (item.kind !== 'mapping') throw fail(`expected a mapping of length 1, but found ${item.kind}`, item.start);
      const [pair] = item.entries;
      if (pair === undefined || item.entries.length > 1) {
        throw fail(`expected a single mapping item, but found ${item.entries.length} items`, item.start);
      }
      return [this.value(pair[0]), this.value(pair[1])] as Json;
    });
  }

  private error(node: YamlNode, problem: string): Error {
    return this.problem({ problem, index: node.start });
  }

  private problem(problem: YamlProblem): Error {
    return yamlError(this.text, problem);
  }
}

const SCALAR_TYPES: ReadonlySet<string> = new Set(['str', 'null', 'int', 'float', 'bool', 'timestamp']);

/** Tags of scalars that are keys by their text: `=`, and dates, which make no key in JSON. */
const TEXT_AS_KEY: ReadonlySet<string> = new Set([`${YAML_TAG}value`, `${YAML_TAG}timestamp`]);
