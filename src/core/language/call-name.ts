/** The name of a one-line call, and where the expressions in it end: what stands before is no parameter. */
export interface CallName {
  readonly name: string;
  readonly expressionsEnd: number;
}

const CLOSING: Readonly<Record<string, string>> = { '<%': '%>', '{{': '}}', '{%': '%}' };
const FIRST = /^[\p{L}\p{N}_.]/u;
const BLOCK = /^\{%[-+]?\s*(?:(if|for|filter|call|macro|with|raw|block)|(end))/;
/** Longest way from the beginning of a Jinja statement to the end of its keyword that is looked at. */
const KEYWORD_LENGTH = 40;

/**
 * Reads the name at the beginning of a text: letters, digits, `_` and `.`, or an expression, with all that follows up to the
 * first blank, `=`, `(` or `"` outside of expressions and Jinja blocks. The time is linear.
 * @returns undefined for a text that begins with neither
 */
export function readCallName(text: string): CallName | undefined {
  const closings = new Closings(text);
  let position = 0;
  let expressionsEnd = 0;
  let openBlocks = 0;
  while (position < text.length) {
    const end = closings.endOfExpression(position);
    if (end !== undefined) {
      openBlocks = Math.max(0, openBlocks + blockStep(text.slice(position, position + KEYWORD_LENGTH)));
      position = end;
      expressionsEnd = end;
    } else if (openBlocks === 0 && (isEnd(text.charAt(position)) || (position === 0 && !FIRST.test(text)))) break;
    else position += 1;
  }
  return position === 0 ? undefined : { name: text.slice(0, position), expressionsEnd };
}

/** What a Jinja statement does to the number of blocks that are open. */
function blockStep(text: string): number {
  const [, opens, closes] = BLOCK.exec(text) ?? [];
  return Number(opens !== undefined) - Number(closes !== undefined);
}

function isEnd(character: string): boolean {
  return /^[=(\s"]$/.test(character);
}

/** Where the expressions of a text end; what is looked for in vain is not looked for again on the same line. */
class Closings {
  private readonly missing = new Map<string, number>();
  private isBalanced = true;
  private lineEnd = -1;

  constructor(private readonly text: string) {}

  /** @returns the position behind the expression that begins here and ends on the same line */
  endOfExpression(start: number): number | undefined {
    const opening = this.text.slice(start, start + 2);
    const closing = CLOSING[opening];
    if (closing === undefined || start < (this.missing.get(opening) ?? 0)) return undefined;
    this.findLineEnd(start);
    const nested = opening === '{{' && this.isBalanced ? this.endOfNested(start + 2) : undefined;
    if (nested !== undefined) return nested;
    if (opening === '{{') this.isBalanced = false;
    const found = this.text.slice(start + 2, this.lineEnd).indexOf(closing);
    if (found >= 0) return start + 2 + found + closing.length;
    this.missing.set(opening, this.lineEnd);
    return undefined;
  }

  /** The end of a Jinja expression as its lexer finds it: not within quotes or the braces of a dict. */
  private endOfNested(start: number): number | undefined {
    let depth = 0;
    let quote = '';
    for (let position = start; position < this.lineEnd; position += 1) {
      const character = this.text.charAt(position);
      if (quote !== '') {
        if (character === '\\') position += 1;
        else if (character === quote) quote = '';
      } else if (character === '"' || character === "'") quote = character;
      else if (character === '{') depth += 1;
      else if (character === '}' && depth > 0) depth -= 1;
      else if (character === '}' && this.text.charAt(position + 1) === '}') return position + 2;
    }
    return undefined;
  }

  private findLineEnd(start: number): void {
    if (start < this.lineEnd) return;
    const end = this.text.indexOf('\n', start);
    this.lineEnd = end < 0 ? this.text.length : end;
  }
}
