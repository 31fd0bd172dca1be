import { dictGet, isDict, type Json } from '../../shared/index.js';
import { findParameters, parseCall } from '../call.js';
import type { DefinitionPath } from '../errors.js';
import { ON_CLAUSE_NAMES } from '../on-clause.js';
import type { TaskSpec, WorkflowSpec } from '../spec.js';
import { finding, type Finding } from './finding.js';
import { namedMembers } from '../raw.js';

/** What the one-line syntax drops or reads otherwise than it looks, and `input` that it overrides. */
export function checkOneLine(workflow: WorkflowSpec, path: DefinitionPath): readonly Finding[] {
  return [...workflow.tasks.values()].flatMap((task) => checkTask(task, [...path, 'tasks', task.name]));
}

/** Checks one text in the one-line syntax. */
export function checkCallText(text: Json | undefined, path: DefinitionPath): readonly Finding[] {
  if (typeof text !== 'string' || !text.includes(' ')) return [];
  const parameters = findParameters(text);
  const swallowed = parameters.find(({ name, value, start }) => {
    const isBracketed = text.charAt(start + name.length + 1) === '[';
    return isBracketed && typeof value === 'string' && /[\]\s][\w-]+=/.test(value);
  });
  if (swallowed !== undefined) {
    const message = `'${swallowed.name}' takes all up to the last bracket as one text: use 'input' for lists`;
    return [finding('dropped-literal', path, message, swallowed.name)];
  }
  return leftovers(text).map((rest) => {
    const message = `'${rest}' is dropped: the one-line syntax takes only quoted text, whole numbers, true, false, null, lists and expressions, without spaces around '='; use quotes or 'input'`;
    return finding('dropped-literal', path, message, rest);
  });
}

function checkTask(task: TaskSpec, place: DefinitionPath): readonly Finding[] {
  const findings = [
    ...checkCallText(task.raw['action'], [...place, 'action']),
    ...checkCallText(task.raw['workflow'], [...place, 'workflow']),
    ...checkCallText(task.raw['retry'], [...place, 'retry']),
    ...overriddenInput(task, place),
  ];
  for (const clause of ON_CLAUSE_NAMES) findings.push(...checkTargets(task.raw[clause], [...place, clause]));
  return findings;
}

function overriddenInput(task: TaskSpec, place: DefinitionPath): readonly Finding[] {
  const params = (task.action ?? task.workflow)?.params ?? {};
  if (typeof task.input !== 'object') return [];
  return Object.keys(task.input)
    .filter((name) => Object.hasOwn(params, name) && !isDict(params[name] ?? null))
    .map((name) => {
      const message = `'${name}' is also written behind the name, and that value is used instead of this one`;
      return finding('input-overridden', [...place, 'input', name], message);
    });
}

function checkTargets(value: Json | undefined, path: DefinitionPath): readonly Finding[] {
  if (typeof value === 'string') return checkCallText(value, path);
  if (Array.isArray(value))
    return (value as readonly Json[]).flatMap((item, index) => checkTargets(item, [...path, index]));
  if (!isDict(value)) return [];
  const next = dictGet(value, 'next');
  if (next !== undefined) return checkTargets(next, [...path, 'next']);
  return namedMembers(value).flatMap(([target]) => checkCallText(target, [...path, target]));
}

/** Pieces of the text that are neither the name nor a parameter; the parentheses of `fail(msg="x")` are none. */
function leftovers(text: string): readonly string[] {
  const { name } = parseCall(text);
  const starts = text.startsWith(name) ? name.length : 0;
  const pieces: string[] = [];
  let from = starts;
  for (const { start, end } of findParameters(text)) {
    if (start >= from) pieces.push(text.slice(from, start));
    from = Math.max(from, end);
  }
  pieces.push(text.slice(from));
  const isCall = text.charAt(starts) === '(' && text.trimEnd().endsWith(')');
  const inner = isCall ? pieces.map((piece, i) => trimCall(piece, i === 0, i === pieces.length - 1)) : pieces;
  return inner.map((piece) => piece.trim()).filter((piece) => piece !== '' && piece !== ',');
}

function trimCall(piece: string, isFirst: boolean, isLast: boolean): string {
  const opened = isFirst ? piece.replace(/^\(/, '') : piece;
  return isLast ? opened.trimEnd().replace(/\)$/, '') : opened;
}
