import type { Expression, Statement, Target } from '../syntax/index.js';

/** Names that statements set in their own scope: not those of loops, macros and blocks inside. */
export function storedNames(statements: readonly Statement[]): readonly string[] {
  return statements.flatMap(storedBy);
}

function storedBy(statement: Statement): readonly string[] {
  switch (statement.kind) {
    case 'set':
    case 'set-block':
      return targetNames(statement.target);
    case 'macro':
      return [statement.name];
    case 'load':
      return statement.names;
    case 'if':
      return [...statement.branches.flatMap((branch) => storedNames(branch.body)), ...storedNames(statement.otherwise)];
    default:
      return [];
  }
}

/** Plain names of an assignment target. */
export function targetNames(target: Target): readonly string[] {
  if (target.kind === 'tuple') return target.items.flatMap(targetNames);
  return target.kind === 'name' ? [target.name] : [];
}

type Node = Statement | Expression;

/** Every node below, the given ones included; blocks are passed over when asked. */
export function* walk(nodes: readonly Node[], entersBlocks: boolean): Generator<Node, void> {
  for (const node of nodes) {
    if (node.kind === 'block' && !entersBlocks) continue;
    yield node;
    yield* walk(childrenOf(node), entersBlocks);
  }
}

/** Whether a name is read somewhere below, blocks excepted. */
export function readsName(nodes: readonly Node[], name: string): boolean {
  for (const node of walk(nodes, false)) if (node.kind === 'name' && node.name === name) return true;
  return false;
}

/** Whether something below assigns to a name. */
export function assignsName(nodes: readonly Node[], name: string): boolean {
  for (const node of walk(nodes, true)) {
    if ('target' in node && targetNames(node.target).includes(name)) return true;
    if (node.kind === 'with' && node.assignments.some(({ target }) => targetNames(target).includes(name))) return true;
  }
  return false;
}

function childrenOf(node: Node): readonly Node[] {
  return Object.entries(node).flatMap(([key, value]) => (key === 'target' ? [] : nodesIn(value)));
}

/** Nodes held by a property: a node, a list of nodes, pairs, or records of nodes. */
function nodesIn(value: unknown): readonly Node[] {
  if (Array.isArray(value)) return value.flatMap(nodesIn);
  if (typeof value !== 'object' || value === null) return [];
  if (isNode(value)) return [value];
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype
    ? Object.entries(value).flatMap(([key, part]) => (key === 'target' ? [] : nodesIn(part)))
    : [];
}

function isNode(value: object): value is Node {
  return 'kind' in value && typeof value.kind === 'string' && Object.getPrototypeOf(value) === Object.prototype;
}
