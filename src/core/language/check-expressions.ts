import { isDict, type Json } from '../shared/index.js';
import { DefinitionError, ExpressionGrammarError, type DefinitionPath } from './errors.js';
import { namedMembers } from './raw.js';

/** What the language needs from outside. */
export interface LanguageOptions {
  /** Throws with the expression language's message if an expression in the text is against its grammar. */
  validateExpression(text: string): void;
}

/** Checks a text, or the texts directly inside a list or object; deeper ones are first looked at when they run. */
export function checkExpressions(part: Json | undefined, options: LanguageOptions, path: DefinitionPath): void {
  if (typeof part === 'string') checkExpression(part, options, path);
  else if (Array.isArray(part)) {
    part.forEach((item: Json, index) => {
      if (typeof item === 'string') checkExpression(item, options, [...path, index]);
    });
  } else if (isDict(part)) {
    for (const [key, item] of namedMembers(part)) {
      if (typeof item === 'string') checkExpression(item, options, [...path, key]);
    }
  }
}

function checkExpression(text: string, options: LanguageOptions, path: DefinitionPath): void {
  try {
    options.validateExpression(text);
  } catch (cause) {
    if (cause instanceof DefinitionError || !(cause instanceof Error)) throw cause;
    throw new ExpressionGrammarError(cause.message, path, { cause });
  }
}
