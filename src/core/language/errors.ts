import { MistralError, type Position } from '../shared/index.js';

/** Where in a definition: `['wf', 'tasks', 't1', 'join']`. */
export type DefinitionPath = readonly (string | number)[];

/** A definition that can't be accepted; `line` and `column` count from 1 and are known when a text was parsed. */
export abstract class DefinitionError extends MistralError {
  override readonly status = 400;
  line: number | undefined;
  column: number | undefined;

  constructor(
    message: string,
    readonly path: DefinitionPath = [],
    options?: ErrorOptions,
  ) {
    super(message, options);
  }

  /** Notes the place in the text, unless it is known already. */
  placeAt(position: Position): void {
    this.line ??= position.line;
    this.column ??= position.column;
  }
}

/** The text is no YAML, or no definition of the kind asked for. */
export class DslParseError extends DefinitionError {
  override readonly code = 'DSL_PARSE';
}

/** A part of the definition is against the language. */
export class InvalidModelError extends DefinitionError {
  override readonly code = 'INVALID_MODEL';
}

/** An expression in the definition is against its grammar; the message is the expression language's own. */
export class ExpressionGrammarError extends DefinitionError {
  override readonly code = 'EXPRESSION_GRAMMAR';
}
