import { validate } from '../expressions/index.js';
import {
  type ActionSpec,
  type Definition,
  parseActions,
  parseWorkbook,
  parseWorkflows,
  type WorkbookSpec,
  type WorkflowSpec,
} from '../language/index.js';
import type { AdhocAction, WorkflowDefinition } from './scope.js';
import type { DefinitionTexts } from './rehearsal-types.js';

export interface RehearsedDefinitions {
  /** The workflow that runs unless another is asked for. */
  readonly first: string | undefined;
  readonly workflows: ReadonlyMap<string, WorkflowDefinition>;
  readonly actions: ReadonlyMap<string, AdhocAction>;
}

const OPTIONS = { validateExpression: (text: string): void => validate(text) };

/** Reads the texts as an upload would. @throws DefinitionError */
export function readDefinitions(texts: DefinitionTexts): RehearsedDefinitions {
  const listed = texts.workflows.flatMap((text) => parseWorkflows(text, OPTIONS).map(({ spec }) => define(spec, null)));
  const books = (texts.workbooks ?? []).map((text) => parseWorkbook(text, OPTIONS));
  const workflows = [...listed, ...books.flatMap((book) => book.workflows.map(({ spec }) => define(spec, book)))];
  const actions = [
    ...(texts.actions ?? []).flatMap((text) => parseActions(text, OPTIONS).map((action) => adhoc(action, null))),
    ...books.flatMap((book) => book.actions.map((action) => adhoc(action, book))),
  ];
  return {
    first: workflows[0]?.ref.name,
    workflows: new Map(workflows.map((definition) => [definition.ref.name, definition])),
    actions: new Map(actions.map((action) => [action.name, action])),
  };
}

function define(spec: WorkflowSpec, book: WorkbookSpec | null): WorkflowDefinition {
  const name = fullName(spec.name, book);
  const ref = { id: `workflow:${name}`, name, namespace: '', workbookName: book?.name ?? null, specId: name };
  return { ref, spec };
}

function adhoc({ spec, text }: Definition<ActionSpec>, book: WorkbookSpec | null): AdhocAction {
  const name = fullName(spec.name, book);
  return { name, namespace: '', definition: text, spec, workbookName: book?.name ?? null };
}

function fullName(name: string, book: WorkbookSpec | null): string {
  return book === null ? name : `${book.name}.${name}`;
}
