import { segmentsOf, withoutStrings } from './segments.js';

/** Functions whose arguments see another `$`. */
const REBINDING = new Set(['generate', 'generateMany', 'def', 'lambda', 'let', 'with']);

const JINJA_NAME = /(?<![\w.])_\.([A-Za-z_]\w*)(?!\w|\s*\()/g;
const DICT_METHODS = new Set([
  'items',
  'keys',
  'values',
  'get',
  'pop',
  'update',
  'copy',
  'setdefault',
  'popitem',
  'clear',
]);
const WITH_DEFAULT = /\b(?:default|d|defined|undefined)\b/;

/**
 * Variables of the data that the expressions in a text surely need, e.g. `['x']` of `<% $.x + 1 %>`. Names under another
 * `$` (`$.list.where($.name = 1)`) and such with a default or a test for their presence are left out.
 */
export function neededVariables(text: string): readonly string[] {
  const names = new Set<string>();
  let needsJinja: boolean | undefined;
  for (const { language, inner } of segmentsOf(text)) {
    if (language === 'yaql') for (const name of yaqlNames(inner)) names.add(name);
    else if ((needsJinja ??= !WITH_DEFAULT.test(text))) for (const name of jinjaNames(inner)) names.add(name);
  }
  return [...names];
}

function jinjaNames(segment: string): readonly string[] {
  const bare = withoutStrings(segment, () => "''");
  return [...bare.matchAll(JINJA_NAME)].map(([, name]) => name ?? '').filter((name) => !DICT_METHODS.has(name));
}

const TOKEN = /->|[[({]|[\])}]|\$\.([A-Za-z_]\w*)|\$\w*|\??\.\s*[A-Za-z_]\w*|[A-Za-z_]\w*|\S/g;

function yaqlNames(expression: string): readonly string[] {
  const bare = withoutStrings(expression, (text) => '0'.padEnd(text.length, ' '));
  if (/containsKey|keys\(/.test(bare)) return [];
  const names: string[] = [];
  const brackets: boolean[] = [];
  let previous = '';
  let rebound = 0;
  for (const match of bare.matchAll(TOKEN)) {
    const [token, name] = match;
    if (token === '->') break;
    if (token === '(' || token === '[' || token === '{') {
      brackets.push(rebinds(token, previous));
      if (brackets.at(-1) === true) rebound += 1;
    } else if (token === ')' || token === ']' || token === '}') {
      if (brackets.pop() === true) rebound -= 1;
    } else if (name !== undefined && rebound === 0 && !isCall(bare, match.index + token.length)) names.push(name);
    previous = token;
  }
  return names;
}

/** Arguments of methods and conditions in an index may see the items of a list as `$`. */
function rebinds(bracket: string, previous: string): boolean {
  if (bracket === '(')
    return previous.startsWith('.') || previous.startsWith('?.') || previous.startsWith('$') || REBINDING.has(previous);
  return bracket === '[' && /[\w)\]]$/.test(previous);
}

function isCall(text: string, index: number): boolean {
  return /^\s*\(/.test(text.slice(index));
}
