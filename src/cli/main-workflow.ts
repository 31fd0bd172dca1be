import { validate } from '../core/expressions/index.js';
import {
  DefinitionError,
  parseActions,
  parseWorkbook,
  parseWorkflows,
  type WorkflowSpec,
} from '../core/language/index.js';
import type { Document } from './client/documents.js';
import { UsageError } from './outcome.js';

const OPTIONS = { validateExpression: (expression: string) => validate(expression) };

/**
 * Name of the workflow of a document that runs when none is named: the only one, or the only one that no other calls.
 * @throws {UsageError} also for what the server would refuse, with line and column
 */
export function mainWorkflow(document: Document, file: string): string {
  const workflows = checked(document, file);
  const called = new Set(workflows.flatMap(({ spec }) => calledBy(spec)));
  const free = workflows.filter(({ spec }) => !called.has(spec.name));
  const [main, ...others] = workflows.length === 1 ? workflows : free;
  if (main !== undefined && others.length === 0) return main.name;
  if (workflows.length === 0) throw new UsageError(`${file}: there is no workflow in it`);
  const names = workflows.map(({ name }) => name).join(', ');
  throw new UsageError(`${file}: --workflow must say which one of its workflows to run: ${names}`);
}

interface NamedWorkflow {
  /** As it is called on the server. */
  readonly name: string;
  readonly spec: WorkflowSpec;
}

/** Workflows of a document that the server will accept. */
export function checked(document: Document, file: string): readonly NamedWorkflow[] {
  try {
    switch (document.kind) {
      case 'workflows':
        return parseWorkflows(document.text, OPTIONS).map(({ spec }) => ({ name: spec.name, spec }));
      case 'workbook': {
        const { name: book, workflows } = parseWorkbook(document.text, OPTIONS);
        return workflows.map(({ spec }) => ({ name: `${book}.${spec.name}`, spec }));
      }
      case 'actions':
        parseActions(document.text, OPTIONS);
        return [];
      case 'environment':
        return [];
    }
  } catch (error) {
    if (!(error instanceof DefinitionError)) throw error;
    const { line = 1, column = 1, message } = error;
    throw new UsageError(`${file}:${line}:${column}: ${message.trim()}`, { cause: error });
  }
}

function calledBy(spec: WorkflowSpec): readonly string[] {
  return [...spec.tasks.values()].flatMap(({ workflow }) => (workflow === undefined ? [] : [workflow.name]));
}
