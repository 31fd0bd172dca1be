import { positionAt, snippetAt, type Position } from './marks.js';

/** What a place in the text is called in messages, as in PyYAML for a text given as a string. */
const SOURCE_NAME = '<unicode string>';

export interface YamlProblem {
  readonly context?: string;
  readonly contextIndex?: number;
  readonly problem: string;
  readonly index: number;
}

/** A text that is not YAML; the message is worded and laid out as PyYAML does, with line and column (from 1). */
export class YamlError extends Error implements Position {
  override readonly name = 'YamlError';

  constructor(
    message: string,
    readonly line: number,
    readonly column: number,
  ) {
    super(message);
  }
}

/** Builds the error for a problem found at `index` of `text`. */
export function yamlError(text: string, problem: YamlProblem): YamlError {
  const at = positionAt(text, problem.index);
  const lines: string[] = [];
  if (problem.context !== undefined) lines.push(problem.context);
  if (problem.contextIndex !== undefined) {
    const from = positionAt(text, problem.contextIndex);
    if (from.line !== at.line || from.column !== at.column) lines.push(mark(text, problem.contextIndex, from));
  }
  lines.push(problem.problem, mark(text, problem.index, at));
  return new YamlError(lines.join('\n'), at.line, at.column);
}

function mark(text: string, index: number, at: Position): string {
  return `  in "${SOURCE_NAME}", line ${at.line}, column ${at.column}:\n${snippetAt(text, index)}`;
}

const PRINTABLE = /[^\t\n\r -~\u0085\u00A0-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;

/** Throws for control characters and lone surrogates, which YAML forbids even inside quotes. */
export function assertPrintable(text: string): void {
  const found = PRINTABLE.exec(text);
  if (found === null) return;
  const code = (found[0].codePointAt(0) ?? 0).toString(16).padStart(4, '0');
  const at = positionAt(text, found.index);
  const index = Array.from(text.slice(0, found.index)).length;
  const message = `unacceptable character #x${code}: special characters are not allowed\n  in "${SOURCE_NAME}", position ${index}`;
  throw new YamlError(message, at.line, at.column);
}
