export { ASCII, DOTALL, IGNORECASE, MULTILINE, VERBOSE } from './flags.js';
export { escapeRegex, PyRegex } from './py-regex.js';
export { RegexError } from './regex-error.js';
export { RegexMatch } from './regex-match.js';
