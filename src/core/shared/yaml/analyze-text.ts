/** What a text allows: how it may be written without changing its meaning. */
export interface TextAnalysis {
  readonly isMultiline: boolean;
  readonly allowsPlain: boolean;
  readonly allowsSingleQuotes: boolean;
}

const LINE_BREAK = /[\n\x85\u2028\u2029]/;
const NOT_PLAIN_ASCII = /[^\n\x20-\x7E]/;
const SPACE_AT_AN_END = /^[ \n\x85\u2028\u2029]|[ \n\x85\u2028\u2029]$/;
const SPACE_BEFORE_BREAK = / [\n\x85\u2028\u2029]/;
const SPACE_AFTER_BREAK = /[\n\x85\u2028\u2029] /;
const STARTS_LIKE_MARKUP = /^(?:---|\.\.\.|[#,[\]{}&*!|>'"%@`]|[-?:](?:$|[\s\0]))/;
const HOLDS_MARKUP = /:(?:$|[\0 \t\r\n\x85\u2028\u2029])|[\0 \t\r\n\x85\u2028\u2029]#/;

/** Looks at a text the way PyYAML's emitter does, for output in ASCII outside of flow collections. */
export function analyzeText(text: string): TextAnalysis {
  if (text === '') return { isMultiline: false, allowsPlain: true, allowsSingleQuotes: true };
  const isMultiline = LINE_BREAK.test(text);
  const needsEscapes = NOT_PLAIN_ASCII.test(text) || SPACE_BEFORE_BREAK.test(text);
  const allowsSingleQuotes = !needsEscapes && !SPACE_AFTER_BREAK.test(text);
  const hasMarkup = STARTS_LIKE_MARKUP.test(text) || HOLDS_MARKUP.test(text);
  const allowsPlain = allowsSingleQuotes && !isMultiline && !SPACE_AT_AN_END.test(text) && !hasMarkup;
  return { isMultiline, allowsPlain, allowsSingleQuotes };
}
