import { dictEntries, isDict } from '../../shared/index.js';
import type { LanguageOptions } from '../check-expressions.js';
import { actionsOf, workflowsOf } from '../definitions.js';
import { DefinitionError, type DefinitionPath } from '../errors.js';
import { dictAt, textAt } from '../raw.js';
import { withSource, type Source } from '../source.js';
import type { ActionSpec, WorkflowSpec } from '../spec.js';
import { workbookOf } from '../workbook.js';
import { checkErrorPaths } from './error-paths.js';
import { finding, type Finding, type LintFinding } from './finding.js';
import { flowGraph } from './flow-graph.js';
import { checkJoins } from './joins.js';
import { checkLoops } from './loops.js';
import { checkCallText, checkOneLine } from './one-line.js';
import { checkPublishedTwice } from './published-twice.js';
import { checkReachability } from './reachability.js';
import { checkTexts } from './texts.js';
import { checkVariables } from './variables.js';

/**
 * Finds what is legal but surely wrong in a list of workflows or actions or in a workbook, in order of the text. A
 * definition that would be refused gives one finding of the rule `invalid`.
 */
export function lint(text: string, options: LanguageOptions): readonly LintFinding[] {
  try {
    return withSource(text, (source) => lintSource(source, options));
  } catch (error) {
    if (!(error instanceof DefinitionError)) throw error;
    const { line = 1, column = 1, path, message } = error;
    return [{ line, column, path, rule: 'invalid', message }];
  }
}

function lintSource(source: Source, options: LanguageOptions): readonly LintFinding[] {
  const duplicates = source.duplicateKeys().map(
    ({ key, line, column, path }) =>
      ({
        line,
        column,
        path,
        rule: 'duplicate-key',
        message: `the key '${key}' stands here again: only the last value counts`,
      }) as const,
  );
  const findings = checksOf(source, options).map((found) => placed(found, source));
  return [...duplicates, ...findings].sort((a, b) => a.line - b.line || a.column - b.column);
}

function checksOf(source: Source, options: LanguageOptions): readonly Finding[] {
  const data = isDict(source.data) ? source.data : {};
  if (textAt(data, 'name') !== undefined || dictAt(data, 'workflows') !== undefined) {
    const book = workbookOf(source, options);
    return [
      ...book.workflows.flatMap(({ spec }) => lintWorkflow(spec, ['workflows', spec.name])),
      ...book.actions.flatMap(({ spec }) => lintAction(spec, ['actions', spec.name])),
    ];
  }
  const isActions = dictEntries(data).some(([, member]) => isDict(member) && Object.hasOwn(member, 'base'));
  if (isActions) return actionsOf(source, options).flatMap(({ spec }) => lintAction(spec, [spec.name]));
  return workflowsOf(source, options).flatMap(({ spec }) => lintWorkflow(spec, [spec.name]));
}

function lintWorkflow(workflow: WorkflowSpec, path: DefinitionPath): readonly Finding[] {
  const findings = [
    ...checkOneLine(workflow, path),
    ...checkVariables(workflow, path),
    ...checkTexts(workflow, path),
    ...checkPublishedTwice(workflow, path),
  ];
  if (workflow.type === 'reverse') return findings;
  const graph = flowGraph(workflow, path);
  return [
    ...findings,
    ...checkReachability(workflow, graph, path),
    ...checkJoins(workflow, graph, path),
    ...checkLoops(workflow, graph),
    ...checkErrorPaths(workflow, path),
  ];
}

function lintAction(action: ActionSpec, path: DefinitionPath): readonly Finding[] {
  const base = checkCallText(action.raw['base'], [...path, 'base']);
  const overridden = Object.keys(action.baseInput ?? {}).filter((name) => Object.hasOwn(action.base.params, name));
  return [
    ...base,
    ...overridden.map((name) =>
      finding(
        'input-overridden',
        [...path, 'base-input', name],
        `'${name}' is also written behind the name, and that value is used instead of this one`,
      ),
    ),
  ];
}

/** How far from the value's start its piece is looked for, in characters. */
const FARTHEST = 10_000;

/** The place of the piece of text that a finding names, if it is found on the line of the value; else that of the key. */
function placed({ rule, path, message, fragment }: Finding, source: Source): LintFinding {
  const key = source.positionOf(path);
  const value = source.valuePositionOf(path);
  const line = (source.lines[value.line - 1] ?? '').slice(value.column - 1, value.column - 1 + FARTHEST);
  const found = fragment === undefined ? -1 : line.indexOf(fragment);
  const column = found < 0 ? -1 : value.column - 1 + found;
  return column < 0 ? { ...key, path, rule, message } : { line: value.line, column: column + 1, path, rule, message };
}
