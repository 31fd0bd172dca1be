import type { Node } from './ast.js';

/** Fewest and most code points a node can match. */
export interface Width {
  readonly min: number;
  readonly max: number;
}

const ONE: Width = { min: 1, max: 1 };
const NONE: Width = { min: 0, max: 0 };

/** @param groupWidth  of a group that was closed before */
export function widthOf(node: Node, groupWidth: (index: number) => Width): Width {
  switch (node.kind) {
    case 'char':
    case 'class':
      return ONE;
    case 'assert':
    case 'look':
      return NONE;
    case 'sequence':
      return node.items.map((item) => widthOf(item, groupWidth)).reduce(plus, NONE);
    case 'choice':
      return node.branches.map((branch) => widthOf(branch, groupWidth)).reduce(either);
    case 'group':
    case 'atomic':
      return widthOf(node.body, groupWidth);
    case 'backref':
      return groupWidth(node.index);
    case 'condition':
      return either(widthOf(node.yes, groupWidth), widthOf(node.no, groupWidth));
    case 'repeat': {
      const body = widthOf(node.body, groupWidth);
      return { min: body.min * node.min, max: body.max === 0 ? 0 : body.max * node.max };
    }
  }
}

function plus(a: Width, b: Width): Width {
  return { min: a.min + b.min, max: a.max + b.max };
}

function either(a: Width, b: Width): Width {
  return { min: Math.min(a.min, b.min), max: Math.max(a.max, b.max) };
}
