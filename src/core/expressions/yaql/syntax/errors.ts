import { MistralError } from '../../../shared/index.js';

/** YAQL text that can't be read; `position` counts code points of the stripped expression from 0, null at its end. */
export class YaqlSyntaxError extends MistralError {
  readonly code = 'YAQL_SYNTAX';
  readonly status = 400;

  constructor(
    message: string,
    readonly position: number | null,
  ) {
    super(message);
  }
}

/** A character that starts no token. */
export function illegalCharacter(text: string, offset: number): YaqlSyntaxError {
  const position = codePointsBefore(text, offset);
  const character = String.fromCodePoint(text.codePointAt(offset) ?? 0);
  return new YaqlSyntaxError(`Lexical error: illegal character '${character}' at position ${position}`, position);
}

/** A token where the grammar has no place for it. */
export function unexpectedToken(text: string, shown: string, offset: number): YaqlSyntaxError {
  const position = codePointsBefore(text, offset);
  const message = `Parse error: unexpected '${shown}' at position ${position} of expression '${text}'`;
  return new YaqlSyntaxError(message, position);
}

export function unexpectedEnd(): YaqlSyntaxError {
  return new YaqlSyntaxError('Parse error: unexpected end of statement', null);
}

function codePointsBefore(text: string, offset: number): number {
  let count = 0;
  for (let i = 0; i < offset; count++) i += (text.codePointAt(i) ?? 0) > 0xffff ? 2 : 1;
  return count;
}
