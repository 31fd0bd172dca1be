import { dictEntries, dictGet, dumpYamlOrdered, isDict, pythonRepr, type Dict, type Json } from '../shared/index.js';
import { parseAction } from './action.js';
import type { LanguageOptions } from './check-expressions.js';
import { DslParseError, InvalidModelError } from './errors.js';
import { VERSION, keyText, namedMembers } from './raw.js';
import { DEFINITION_LIST, validateSchema } from './schema/index.js';
import { withSource, type Source } from './source.js';
import type { ActionSpec, Definition, WorkflowSpec } from './spec.js';
import { parseWorkflow } from './workflow.js';

/**
 * Reads a list of workflows: `version` and one member for each.
 * @throws {DefinitionError} with line and column
 */
export function parseWorkflows(text: string, options: LanguageOptions): readonly Definition<WorkflowSpec>[] {
  return withSource(text, (source) => workflowsOf(source, options));
}

/** As {@link parseWorkflows}, of what has been read as YAML. @throws {DefinitionError} without line and column */
export function workflowsOf({ text, data }: Source, options: LanguageOptions): readonly Definition<WorkflowSpec>[] {
  const members = listMembers(data);
  return members.map(([name, body]) => ({
    spec: parseWorkflow(name, body, options, [name]),
    text: members.length === 1 ? text : dumpYamlOrdered({ version: versionOf(data), [name]: body as Json }),
  }));
}

/** Reads a list of ad-hoc actions; each keeps the whole text. */
export function parseActions(text: string, options: LanguageOptions): readonly Definition<ActionSpec>[] {
  return withSource(text, (source) => actionsOf(source, options));
}

/** As {@link parseActions}, of what has been read as YAML. @throws {DefinitionError} without line and column */
export function actionsOf({ text, data }: Source, options: LanguageOptions): readonly Definition<ActionSpec>[] {
  return listMembers(data).map(([name, body]) => ({ spec: parseAction(name, body, options, [name]), text }));
}

function listMembers(data: Json): readonly (readonly [string, Dict])[] {
  refuseNamesThatAreNoText(data);
  validateSchema(data, DEFINITION_LIST, []);
  const members: (readonly [string, Dict])[] = [];
  for (const [name, body] of isDict(data) ? namedMembers(data) : []) {
    if (name !== 'version' && isDict(body)) members.push([name, body]);
  }
  if (members.length > 0) return members;
  throw new DslParseError(`At least one item must be in the list [data=${pythonRepr(data)}].`);
}

function versionOf(data: Json): Json {
  return isDict(data) ? (dictGet(data, 'version') ?? VERSION) : VERSION;
}

function refuseNamesThatAreNoText(data: Json): void {
  for (const [name] of isDict(data) ? dictEntries(data) : []) {
    if (typeof name === 'string') continue;
    throw new InvalidModelError(`Invalid DSL: the name ${pythonRepr(name)} is no text (put it in quotes)`, [
      keyText(name),
    ]);
  }
}
