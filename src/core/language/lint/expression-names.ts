/** Functions whose arguments see another `$`. */
const REBINDING = new Set(['generate', 'generateMany', 'def', 'lambda', 'let', 'with']);

const SEGMENT = /<%([^\n]*?)%>|\{\{([^\n]*?)\}\}|\{%([^\n]*?)%\}/g;
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
const STRINGS = /'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|`(?:[^`\\]|\\.)*`/g;

/**
 * Variables of the data that the expressions in a text surely need, e.g. `['x']` of `<% $.x + 1 %>`. Names under another
 * `$` (`$.list.where($.name = 1)`) and such with a default or a test for their presence are left out.
 */
export function neededVariables(text: string): readonly string[] {
  const names = new Set<string>();
  for (const [, yaql, output, statement] of text.matchAll(SEGMENT)) {
    if (yaql !== undefined) for (const name of yaqlNames(yaql)) names.add(name);
    else for (const name of jinjaNames(output ?? statement ?? '', text)) names.add(name);
  }
  return [...names];
}

function jinjaNames(segment: string, text: string): readonly string[] {
  if (/\b(?:default|d|defined|undefined)\b/.test(text)) return [];
  const bare = segment.replace(STRINGS, "''");
  return [...bare.matchAll(JINJA_NAME)].map(([, name]) => name ?? '').filter((name) => !DICT_METHODS.has(name));
}

const TOKEN = /->|[[({]|[\])}]|\$\.([A-Za-z_]\w*)|\$\w*|\??\.\s*[A-Za-z_]\w*|[A-Za-z_]\w*|\S/g;

function yaqlNames(expression: string): readonly string[] {
  const bare = expression.replace(STRINGS, (text) => '0'.padEnd(text.length, ' '));
  if (/containsKey|keys\(/.test(bare)) return [];
  const names: string[] = [];
  const brackets: boolean[] = [];
  let previous = '';
  for (const match of bare.matchAll(TOKEN)) {
    const [token, name] = match;
    if (token === '->') break;
    if (token === '(' || token === '[' || token === '{') brackets.push(rebinds(token, previous));
    else if (token === ')' || token === ']' || token === '}') brackets.pop();
    else if (name !== undefined && !brackets.includes(true) && !isCall(bare, match.index + token.length))
      names.push(name);
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
