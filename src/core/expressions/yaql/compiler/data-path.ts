import type { Node } from '../syntax/ast.js';

/** Whether an expression only picks a part of the data: `$`, `$.a.b`, `$.l[0]`, `$['key']`. */
export function isDataPath(node: Node): boolean {
  switch (node.kind) {
    case 'variable':
      return node.name === '$1';
    case 'binary':
      return node.operator === '.' && isDataPath(node.left) && node.right.kind === 'constant';
    case 'index':
      return isDataPath(node.target) && node.args.every((key) => key.kind === 'value' && key.node.kind === 'constant');
    case 'constant':
    case 'call':
    case 'unary':
    case 'list':
    case 'map':
    case 'group':
      return false;
  }
}
