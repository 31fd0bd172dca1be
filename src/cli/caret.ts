import { EvaluationError, GrammarError, validate } from '../core/expressions/index.js';

const YAQL = /<%(.*?)%>/g;

/**
 * The line of a text in which a YAQL expression can't be read, with a caret under the place; nothing when all of them
 * can, or the text is Jinja, whose errors name no place.
 */
export function caretUnderSyntaxError(text: string): string {
  for (const found of text.matchAll(YAQL)) {
    const at = positionIn(found[0]);
    if (at === undefined) continue;
    return underline(text, found.index + at);
  }
  return '';
}

/** Code units from the delimiter on; undefined for an expression that is well formed. */
function positionIn(expression: string): number | undefined {
  try {
    validate(expression);
    return undefined;
  } catch (error) {
    if (!(error instanceof GrammarError) && !(error instanceof EvaluationError)) throw error;
    const body = expression.slice(2, -2);
    const { position } = error as GrammarError;
    // Positions count code points from the delimiter on; none means the end of the expression.
    const before = position === undefined ? body.trimEnd() : Array.from(body).slice(0, position).join('');
    return 2 + before.length;
  }
}

function underline(text: string, at: number): string {
  const lineStart = text.lastIndexOf('\n', at - 1) + 1;
  const [line = ''] = text.slice(lineStart).split('\n', 1);
  const indent = Array.from(text.slice(lineStart, at)).length;
  return `  ${line}\n  ${' '.repeat(indent)}^`;
}
