import type { ScalarStyle } from './tokens.js';

/** What a piece of YAML says, before it becomes a value; `start` is an offset in the text. */
export type YamlNode = ScalarNode | SequenceNode | MappingNode;

export interface ScalarNode {
  readonly kind: 'scalar';
  /** Resolved, e.g. `tag:yaml.org,2002:int`. */
  readonly tag: string;
  readonly value: string;
  readonly style: ScalarStyle;
  readonly start: number;
}

export interface SequenceNode {
  readonly kind: 'sequence';
  readonly tag: string;
  readonly items: readonly YamlNode[];
  readonly start: number;
}

export interface MappingNode {
  readonly kind: 'mapping';
  readonly tag: string;
  /** Key and value in the order of the text, merge keys and duplicates included. */
  readonly entries: readonly (readonly [YamlNode, YamlNode])[];
  readonly start: number;
}

export const YAML_TAG = 'tag:yaml.org,2002:';
