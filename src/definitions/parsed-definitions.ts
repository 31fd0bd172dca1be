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
import { InputError, stringifyJson } from '../core/shared/index.js';
import { actionInputText, interfaceOf, workflowInputText } from './input-texts.js';
import { LANGUAGE } from './language.js';
import { checkName } from './ownership.js';

/** Each action of a text is stored with the whole text, as in the original; so many characters may come of that. */
const MAX_STORED_TEXT = 33_554_432;

/** What the text of a workflow decides, as it is stored; JSON is text in Python's style. */
export interface WorkflowContent {
  readonly name: string;
  readonly definition: string;
  readonly specId: string;
  readonly checksum: string | null;
  readonly tags: readonly string[];
  readonly workbookName: string | null;
  readonly inputText: string;
  readonly interfaceText: string;
  readonly specText: string;
}

/** What the text of an ad-hoc action decides, as it is stored; JSON is text in Python's style. */
export interface ActionContent {
  readonly name: string;
  readonly definition: string;
  readonly specText: string;
  readonly description: string | null;
  readonly tags: readonly string[];
  readonly workbookName: string | null;
  readonly inputText: string | null;
}

/** What the text of a workbook decides. */
export interface WorkbookContent {
  readonly name: string;
  readonly tags: readonly string[];
  readonly workflows: readonly WorkflowContent[];
  readonly actions: readonly ActionContent[];
}

/** Workflows of a text with names that can be stored. @throws {MistralError} */
export function readWorkflows(text: string): readonly WorkflowContent[] {
  const definitions = parseWorkflows(text, LANGUAGE);
  for (const { spec } of definitions) checkName(spec.name);
  return definitions.map((one) => workflowContent(one, null));
}

/** Ad-hoc actions of a text with names that can be stored. @throws {MistralError} */
export function readActions(text: string): readonly ActionContent[] {
  const definitions = parseActions(text, LANGUAGE);
  for (const { spec } of definitions) checkName(spec.name);
  if (definitions.length * text.length > MAX_STORED_TEXT)
    throw new InputError(
      `${definitions.length} actions in a text of ${text.length} characters, which is stored with each of them, are more than ` +
        `the ${MAX_STORED_TEXT} characters that may come of one request: upload them in parts.`,
    );
  return definitions.map((one) => actionContent(one, null));
}

/** A workbook whose name and those of its members can be stored. @throws {MistralError} */
export function readWorkbook(text: string): WorkbookContent {
  const workbook: WorkbookSpec = parseWorkbook(text, LANGUAGE);
  checkName(workbook.name);
  for (const { spec } of [...workbook.workflows, ...workbook.actions]) checkName(`${workbook.name}.${spec.name}`);
  const { name, tags } = workbook;
  const workflows = workbook.workflows.map((one) => workflowContent(one, name));
  return { name, tags, workflows, actions: workbook.actions.map((one) => actionContent(one, name)) };
}

/** Members of a workbook have its name before theirs, and no checksum; equal workflows share what was parsed from them. */
function workflowContent({ spec, text }: Definition<WorkflowSpec>, workbookName: string | null): WorkflowContent {
  const specText = stringifyJson(spec.raw, { style: 'python' });
  return {
    name: fullName(spec.name, workbookName),
    definition: text,
    specId: createHash('sha256').update(specText).digest('hex'),
    checksum: workbookName === null ? createHash('md5').update(text).digest('hex') : null,
    tags: spec.tags,
    workbookName,
    inputText: workflowInputText(spec.input),
    interfaceText: stringifyJson(interfaceOf(spec), { style: 'python' }),
    specText,
  };
}

function actionContent({ spec, text }: Definition<ActionSpec>, workbookName: string | null): ActionContent {
  return {
    name: fullName(spec.name, workbookName),
    definition: text,
    specText: stringifyJson(spec.raw, { style: 'python' }),
    description: spec.description ?? null,
    tags: spec.tags,
    workbookName,
    inputText: actionInputText(spec.input),
  };
}

function fullName(name: string, workbookName: string | null): string {
  return workbookName === null ? name : `${workbookName}.${name}`;
}
