import type { CallArguments, Expression } from '../syntax/index.js';

/** Whether Jinja would compute an expression while compiling, literals and what is made of them. */
export function isConstant(node: Expression, throughFilters: boolean): boolean {
  const all = (nodes: readonly Expression[]): boolean => nodes.every((inner) => isConstant(inner, throughFilters));
  switch (node.kind) {
    case 'const':
      return true;
    case 'list':
    case 'tuple':
    case 'concat':
      return all(node.items);
    case 'dict':
      return node.items.every(all);
    case 'binary':
    case 'and':
    case 'or':
      return all([node.left, node.right]);
    case 'not':
    case 'negative':
    case 'positive':
      return all([node.operand]);
    case 'compare':
      return all([node.first, ...node.rest.map(({ operand }) => operand)]);
    case 'filter':
      return throughFilters && node.subject !== null && all([node.subject, ...argumentsOf(node)]);
    default:
      return false;
  }
}

function argumentsOf(args: CallArguments): readonly Expression[] {
  return [...args.positional, ...args.named.map(({ value }) => value)];
}
