import type { Value } from '../../values/index.js';

/** How a tag or filter is called: positional, named, `*list`, `**dict`. */
export interface CallArguments {
  readonly positional: readonly Expression[];
  readonly named: readonly NamedArgument[];
  readonly star: Expression | null;
  readonly doubleStar: Expression | null;
}

export interface NamedArgument {
  readonly name: string;
  readonly value: Expression;
}

export type BinaryOperator = '+' | '-' | '*' | '/' | '//' | '%' | '**';
export type ComparisonOperator = '==' | '!=' | '<' | '<=' | '>' | '>=' | 'in' | 'not in';

export interface NameExpression {
  readonly kind: 'name';
  readonly name: string;
}

export interface TupleExpression {
  readonly kind: 'tuple';
  readonly items: readonly Expression[];
}

/** `ns.attr` as the target of a `set`. */
export interface NamespaceTarget {
  readonly kind: 'namespace';
  readonly name: string;
  readonly attribute: string;
}

export interface CallExpression extends CallArguments {
  readonly kind: 'call';
  readonly callee: Expression;
}

/** `subject` is null in `{% filter name %}` and `{% set x | name %}`: the rendered block is filtered. */
export interface FilterExpression extends CallArguments {
  readonly kind: 'filter';
  readonly subject: Expression | null;
  readonly name: string;
}

export interface TestExpression extends CallArguments {
  readonly kind: 'test';
  readonly subject: Expression;
  readonly name: string;
}

export interface CompareExpression {
  readonly kind: 'compare';
  readonly first: Expression;
  readonly rest: readonly { readonly operator: ComparisonOperator; readonly operand: Expression }[];
}

export type Expression =
  | { readonly kind: 'const'; readonly value: Value }
  | NameExpression
  | TupleExpression
  | { readonly kind: 'list'; readonly items: readonly Expression[] }
  | { readonly kind: 'dict'; readonly items: readonly (readonly [Expression, Expression])[] }
  | { readonly kind: 'attribute'; readonly object: Expression; readonly name: string }
  | { readonly kind: 'item'; readonly object: Expression; readonly key: Expression }
  | {
      readonly kind: 'slice';
      readonly start: Expression | null;
      readonly stop: Expression | null;
      readonly step: Expression | null;
    }
  | CallExpression
  | FilterExpression
  | TestExpression
  | { readonly kind: 'not' | 'negative' | 'positive'; readonly operand: Expression }
  | {
      readonly kind: 'binary';
      readonly operator: BinaryOperator;
      readonly left: Expression;
      readonly right: Expression;
    }
  | { readonly kind: 'and' | 'or'; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'concat'; readonly items: readonly Expression[] }
  | CompareExpression
  | {
      readonly kind: 'conditional';
      readonly test: Expression;
      readonly then: Expression;
      readonly otherwise: Expression | null;
    }
  | NamespaceTarget;

/** What may stand left of `=` or after `for`; the parser has checked it. */
export type Target = NameExpression | NamespaceTarget | { readonly kind: 'tuple'; readonly items: readonly Target[] };

/** Parameters of a macro or call block; the defaults belong to the last parameters. */
export interface Signature {
  readonly parameters: readonly string[];
  readonly defaults: readonly Expression[];
}

export interface ForStatement {
  readonly kind: 'for';
  readonly target: Target;
  readonly iterable: Expression;
  readonly body: readonly Statement[];
  readonly otherwise: readonly Statement[];
  readonly filter: Expression | null;
  readonly isRecursive: boolean;
}

export interface IfStatement {
  readonly kind: 'if';
  readonly branches: readonly { readonly test: Expression; readonly body: readonly Statement[] }[];
  readonly otherwise: readonly Statement[];
}

export interface MacroStatement {
  readonly kind: 'macro';
  readonly name: string;
  readonly signature: Signature;
  readonly body: readonly Statement[];
}

export interface CallBlockStatement {
  readonly kind: 'call-block';
  readonly call: CallExpression;
  readonly signature: Signature;
  readonly body: readonly Statement[];
}

export interface BlockStatement {
  readonly kind: 'block';
  readonly name: string;
  readonly isScoped: boolean;
  readonly isRequired: boolean;
  readonly body: readonly Statement[];
}

export interface WithStatement {
  readonly kind: 'with';
  readonly assignments: readonly { readonly target: Target; readonly value: Expression }[];
  readonly body: readonly Statement[];
}

/** `include`, `import`, `from … import`: they fail when reached, since there is nothing to load from. */
export interface LoadStatement {
  readonly kind: 'load';
  readonly template: Expression;
  readonly ignoresMissing: boolean;
  readonly names: readonly string[];
}

export interface SetBlockStatement {
  readonly kind: 'set-block';
  readonly target: Target;
  readonly filter: FilterExpression | null;
  readonly body: readonly Statement[];
}

export type Statement =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'print'; readonly value: Expression }
  | { readonly kind: 'set'; readonly target: Target; readonly value: Expression }
  | { readonly kind: 'filter-block'; readonly filter: FilterExpression; readonly body: readonly Statement[] }
  | { readonly kind: 'autoescape'; readonly enabled: Expression; readonly body: readonly Statement[] }
  | { readonly kind: 'extends'; readonly template: Expression }
  | SetBlockStatement
  | ForStatement
  | IfStatement
  | MacroStatement
  | CallBlockStatement
  | BlockStatement
  | WithStatement
  | LoadStatement;
