import {
  FILTER_DEFINITIONS,
  GLOBAL_DEFINITIONS,
  MISTRAL_FUNCTIONS,
  TEST_DEFINITIONS,
} from '../../../src/core/expressions/jinja/index.js';
import { DECLARATIONS, type Declaration, type Parameter } from '../../../src/core/expressions/yaql/index.js';
import { INTRODUCTION, JINJA_INTRODUCTION, YAQL_INTRODUCTION } from './docs-prose.js';

/** The text of `docs/expressions.md`: prose, and every function with its example. */
export function renderDocs(): string {
  return [INTRODUCTION, YAQL_INTRODUCTION, ...yaqlGroups(), JINJA_INTRODUCTION, ...jinjaTables(), ''].join('\n\n');
}

function yaqlGroups(): readonly string[] {
  const groups = [...new Set(DECLARATIONS.map((declaration) => declaration.group))];
  return groups.map((group) => {
    const rows = DECLARATIONS.filter((declaration) => declaration.group === group).map(yaqlRow);
    return table(`### YAQL: ${group}`, ['call', 'what it does', 'example'], rows);
  });
}

function yaqlRow(declaration: Declaration): readonly string[] {
  const aliases = declaration.names.slice(1).map((name) => `\`${name}\``);
  const alias = aliases.length === 0 ? '' : ` Also ${aliases.join(', ')}.`;
  const example =
    declaration.example === null ? '' : `${code(declaration.example[0])} → ${code(declaration.example[1])}`;
  return [signatures(declaration).map(code).join('<br>'), declaration.doc + alias, example];
}

/** `len(collection)` and `collection.len()`. */
function signatures(declaration: Declaration): readonly string[] {
  const shown = declaration.parameters.map(shownParameter);
  if (declaration.rest !== null) shown.push(`${declaration.rest.name}…`);
  if (declaration.takesNamed) shown.push('name => value…');
  const name = declaration.names[0] ?? '';
  const [receiver = '', ...others] = shown;
  const asFunction = `${name}(${shown.join(', ')})`;
  const asMethod = `${receiver.replace('…', '')}.${name}(${others.join(', ')})`;
  if (declaration.style === 'both') return [asFunction, asMethod];
  return [declaration.style === 'method' ? asMethod : asFunction];
}

function shownParameter(parameter: Parameter<unknown>): string {
  return parameter.isOptional ? `${parameter.name}?` : parameter.name;
}

function jinjaTables(): readonly string[] {
  const mistral = MISTRAL_FUNCTIONS.map(({ name, parameters, doc, example }) => [
    code(
      `${name}(${parameters.map((parameter) => (typeof parameter === 'string' ? parameter : parameter[0])).join(', ')})`,
    ),
    doc,
    code(example),
  ]);
  return [
    table(
      '### Jinja: filters',
      ['filter', 'what it does', 'example'],
      FILTER_DEFINITIONS.map(({ signature, names, doc, example }) => [
        code(signature),
        names.length > 1 ? `${doc} Also ${names.slice(1).map(code).join(', ')}.` : doc,
        code(example),
      ]),
    ),
    table(
      '### Jinja: tests',
      ['test', 'what it does', 'an example that is true'],
      TEST_DEFINITIONS.map(({ names, doc, example }) => [names.map(code).join(', '), doc, code(example)]),
    ),
    table(
      '### Jinja: functions',
      ['function', 'what it does', 'example'],
      [...GLOBAL_DEFINITIONS.map(({ signature, doc, example }) => [code(signature), doc, code(example)]), ...mistral],
    ),
  ];
}

function table(title: string, head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
  return `${title}\n\n${lines.join('\n')}`;
}

function code(text: string): string {
  const body = text.replaceAll('|', '\\|').replaceAll('\n', '⏎');
  return body.includes('`') ? `\`\` ${body} \`\`` : `\`${body}\``;
}
