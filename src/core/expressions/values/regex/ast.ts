/** Whether a code point belongs to a class. */
export type CharTest = (code: number) => boolean;

export type AssertKind = 'textStart' | 'lineStart' | 'textEnd' | 'finalEnd' | 'lineEnd' | 'boundary' | 'notBoundary';
export type RepeatMode = 'greedy' | 'lazy' | 'possessive';

/** A parsed pattern; flags are already worked into the nodes. */
export type Node =
  | { readonly kind: 'char'; readonly code: number }
  | { readonly kind: 'class'; readonly test: CharTest }
  | { readonly kind: 'assert'; readonly at: AssertKind; readonly isWord: CharTest }
  | { readonly kind: 'sequence'; readonly items: readonly Node[] }
  | { readonly kind: 'choice'; readonly branches: readonly Node[] }
  | { readonly kind: 'group'; readonly index: number; readonly body: Node }
  /** `fold` maps code points that match each other to one; absent: exact. */
  | { readonly kind: 'backref'; readonly index: number; readonly fold: ((code: number) => number) | undefined }
  | RepeatNode
  | { readonly kind: 'look'; readonly behind: number | undefined; readonly negative: boolean; readonly body: Node }
  | { readonly kind: 'atomic'; readonly body: Node }
  | { readonly kind: 'condition'; readonly index: number; readonly yes: Node; readonly no: Node };

export interface RepeatNode {
  readonly kind: 'repeat';
  readonly min: number;
  /** Infinity for no limit. */
  readonly max: number;
  readonly mode: RepeatMode;
  readonly body: Node;
}

/** A pattern ready to be compiled. */
export interface ParsedPattern {
  readonly body: Node;
  readonly flags: number;
  readonly groupCount: number;
  readonly groupNames: ReadonlyMap<string, number>;
}

export const EMPTY: Node = { kind: 'sequence', items: [] };
