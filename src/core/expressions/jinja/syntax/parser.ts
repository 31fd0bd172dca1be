import { GrammarError } from '../../errors.js';
import type { Expression, Statement } from './ast.js';
import { parseExpression } from './expression-parser.js';
import { StatementParser } from './statement-parser.js';
import { TokenStream } from './token-stream.js';

/** Parses a template. @throws {GrammarError} */
export function parseTemplate(text: string): readonly Statement[] {
  return new StatementParser(text).parseTemplate();
}

/** Parses what stands between `{{` and `}}` when nothing stands around them. @throws {GrammarError} */
export function parseWholeExpression(text: string): Expression {
  const stream = new TokenStream(text, true);
  const expression = parseExpression(stream);
  if (!stream.isAt('eof')) throw new GrammarError('chunk after expression');
  return expression;
}
