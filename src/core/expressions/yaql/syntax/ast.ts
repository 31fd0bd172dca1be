/** A constant in the source; `isWord` when it was written without quotes (`foo`), which names properties and arguments. */
export interface ConstantNode {
  readonly kind: 'constant';
  readonly value: Constant;
  readonly isWord: boolean;
}

/** What a literal can be: floats are `{ float }` so that `1.0` stays apart from `1`. */
export type Constant = null | boolean | string | bigint | { readonly float: number };

/** `$`, `$1`, `$name`; the name keeps its dollar, and `$` is `$1`. */
export interface VariableNode {
  readonly kind: 'variable';
  readonly name: string;
}

export interface CallNode {
  readonly kind: 'call';
  readonly name: string;
  readonly args: readonly Argument[];
}

/** `left <operator> right`, the dot included. */
export interface BinaryNode {
  readonly kind: 'binary';
  readonly operator: string;
  readonly left: Node;
  readonly right: Node;
}

export interface UnaryNode {
  readonly kind: 'unary';
  readonly operator: string;
  readonly operand: Node;
}

/** `target[args]`. */
export interface IndexNode {
  readonly kind: 'index';
  readonly target: Node;
  readonly args: readonly Argument[];
}

/** `[args]` or `{args}`. */
export interface CollectionNode {
  readonly kind: 'list' | 'map';
  readonly args: readonly Argument[];
}

/** Parentheses; they matter because what they enclose no longer applies to a receiver. */
export interface GroupNode {
  readonly kind: 'group';
  readonly inner: Node;
}

export type Node =
  ConstantNode | VariableNode | CallNode | BinaryNode | UnaryNode | IndexNode | CollectionNode | GroupNode;

/** An argument: a value, `key => value`, or nothing between two commas. */
export type Argument =
  | { readonly kind: 'value'; readonly node: Node }
  | { readonly kind: 'rule'; readonly key: Node; readonly value: Node }
  | { readonly kind: 'skipped' };
