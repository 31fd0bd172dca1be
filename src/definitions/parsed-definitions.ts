import { createHash } from 'node:crypto';
import {
  type ActionSpec,
  type Definition,
  parseActions,
  parseWorkbook,
  parseWorkflows,
  type WorkbookSpec,
  type WorkflowSpec,
} from '../core/language/index.js';
import { stringifyJson } from '../core/shared/index.js';
import type { ActionDefinitionRow, WorkflowDefinitionRow } from '../store/index.js';
import { actionInputText, interfaceOf, workflowInputText } from './input-texts.js';
import { LANGUAGE } from './language.js';
import { checkName } from './ownership.js';

/** What the text of a workflow decides; the rest of its row is where it belongs. */
export type WorkflowContent = Pick<
  WorkflowDefinitionRow,
  'name' | 'definition' | 'specId' | 'checksum' | 'tags' | 'workbookName' | 'inputText' | 'interface'
>;

/** What the text of an ad-hoc action decides. */
export type ActionContent = Pick<
  ActionDefinitionRow,
  'name' | 'definition' | 'spec' | 'description' | 'tags' | 'workbookName' | 'inputText'
>;

/** Workflows of a text with names that can be stored. */
export function readWorkflows(text: string): readonly Definition<WorkflowSpec>[] {
  const definitions = parseWorkflows(text, LANGUAGE);
  for (const { spec } of definitions) checkName(spec.name);
  return definitions;
}

/** Ad-hoc actions of a text with names that can be stored. */
export function readActions(text: string): readonly Definition<ActionSpec>[] {
  const definitions = parseActions(text, LANGUAGE);
  for (const { spec } of definitions) checkName(spec.name);
  return definitions;
}

/** A workbook whose name and those of its members can be stored. */
export function readWorkbook(text: string): WorkbookSpec {
  const workbook = parseWorkbook(text, LANGUAGE);
  checkName(workbook.name);
  for (const { spec } of [...workbook.workflows, ...workbook.actions]) checkName(`${workbook.name}.${spec.name}`);
  return workbook;
}

/** Equal workflows share what was parsed from them. */
export function specIdOf(spec: WorkflowSpec): string {
  return createHash('sha256')
    .update(stringifyJson(spec.raw, { style: 'python' }))
    .digest('hex');
}

/** @param workbookName  goes before the name of a member, which has no checksum */
export function workflowContent(
  { spec, text }: Definition<WorkflowSpec>,
  workbookName: string | null = null,
): WorkflowContent {
  return {
    name: fullName(spec.name, workbookName),
    definition: text,
    specId: specIdOf(spec),
    checksum: workbookName === null ? createHash('md5').update(text).digest('hex') : null,
    tags: spec.tags,
    workbookName,
    inputText: workflowInputText(spec.input),
    interface: interfaceOf(spec),
  };
}

/** @param workbookName  goes before the name of a member */
export function actionContent(
  { spec, text }: Definition<ActionSpec>,
  workbookName: string | null = null,
): ActionContent {
  return {
    name: fullName(spec.name, workbookName),
    definition: text,
    spec: spec.raw,
    description: spec.description ?? null,
    tags: spec.tags,
    workbookName,
    inputText: actionInputText(spec.input),
  };
}

function fullName(name: string, workbookName: string | null): string {
  return workbookName === null ? name : `${workbookName}.${name}`;
}
