export { DOTALL, IGNORECASE, MULTILINE } from './flags.js';
export { escapeRegex, PyRegex } from './py-regex.js';
export { RegexMatch } from './regex-match.js';
