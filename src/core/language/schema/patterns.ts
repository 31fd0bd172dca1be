/** Python's regular expressions of the schemas in JavaScript: `\w` and `\s` know Unicode, `.` stops at `\n` only, `$` may precede a last `\n`. */
const PATTERNS = new Map<string, RegExp>([
  ['^\\w+$', /^[\p{L}\p{N}_]+(?=\n?$)/u],
  ['^\\S+$', /^\S+(?=\n?$)/],
  ['^<%.*?%>\\s*$', /^<%[^\n]*?%>\s*$/],
  ['^({{(.*?)}})\\s*$', /^\{\{[^\n]*?\}\}\s*$/],
  ['^\\w+ \\w+=(.*)$', /^[\p{L}\p{N}_]+ [\p{L}\p{N}_]+=[^\n]*(?=\n?$)/u],
  ['^\\w+\\(\\w+=(.*)\\)$', /^[\p{L}\p{N}_]+\([\p{L}\p{N}_]+=[^\n]*\)(?=\n?$)/u],
  ['^(?!version$)[\\w-]+$', /^(?!version\n?$)[\p{L}\p{N}_-]+(?=\n?$)/u],
  ['^version$', /^version(?=\n?$)/],
]);

/** Whether Python's `re.search(pattern, text)` finds something. */
export function matchesPattern(pattern: string, text: string): boolean {
  const compiled = PATTERNS.get(pattern);
  if (compiled === undefined) throw new Error(`no JavaScript form of the pattern ${pattern}`);
  return compiled.test(text);
}
