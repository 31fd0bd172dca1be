import type { ActionDefinition } from './action.js';

type Input = Readonly<Record<string, unknown>>;

/**
 * What is wrong with the names of the given parameters, or undefined.
 * @returns e.g. `Invalid input [name=std.echo, class=mistral.actions.std_actions.EchoAction, missing=['output'], unexpected=['volume']]`
 */
export function inputProblem(action: ActionDefinition, input: Input): string | undefined {
  const missing = action.parameters.filter((p) => p.isRequired && !Object.hasOwn(input, p.name)).map((p) => p.name);
  const unexpected = action.acceptsOtherParameters === true ? [] : unknownNames(action, input);
  if (missing.length === 0 && unexpected.length === 0) return undefined;
  const parts = [`name=${action.name}`, `class=${action.className}`];
  if (missing.length > 0) parts.push(`missing=[${missing.map(quoted).join(', ')}]`);
  if (unexpected.length > 0) parts.push(`unexpected=[${unexpected.map(quoted).join(', ')}]`);
  return `Invalid input [${parts.join(', ')}]`;
}

/** The input with the declared defaults in the place of absent parameters. */
export function fillDefaults(action: ActionDefinition, input: Input): Record<string, unknown> {
  const filled: Record<string, unknown> = { ...input };
  for (const { name, isRequired, default: value } of action.parameters) {
    if (!isRequired && !Object.hasOwn(filled, name)) filled[name] = value;
  }
  return filled;
}

function unknownNames(action: ActionDefinition, input: Input): readonly string[] {
  return Object.keys(input).filter((name) => !action.parameters.some((p) => p.name === name));
}

/** A name in quotes, as Python prints a text. */
function quoted(name: string): string {
  const escaped = name.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
  if (!escaped.includes("'")) return `'${escaped}'`;
  return escaped.includes('"') ? `'${escaped.replaceAll("'", "\\'")}'` : `"${escaped}"`;
}
