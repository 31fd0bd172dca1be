import { isIndexLike } from '../../../shared/index.js';
import type { Value } from '../../values/index.js';
import { index, indexOr } from '../operators/indexing.js';
import { noMatch } from '../runtime/errors.js';
import type { Code } from '../runtime/lambda.js';
import type { CompiledArgument } from '../runtime/plan.js';
import { fromPairs } from '../values/pairs.js';
import type { Argument, CollectionNode, IndexNode, Node } from '../syntax/ast.js';

/** What compiles the parts of a collection. */
interface PartCompiler {
  readonly compile: (node: Node) => Code;
  readonly arguments: (args: readonly Argument[]) => readonly CompiledArgument[];
}

/** `[…]` and `{…}` in the source. */
export function compileCollection(compiler: PartCompiler, node: CollectionNode): Code {
  const args = compiler.arguments(node.args);
  return node.kind === 'list' ? listCode(args) : dictCode(node, args);
}

function listCode(args: readonly CompiledArgument[]): Code {
  const items: Code[] = [];
  for (const argument of args) {
    if (argument.kind !== 'value') return refuse('#list');
    items.push(argument.code);
  }
  return (frame) => {
    frame.runtime.budget.output(items.length);
    return items.map((item) => item(frame));
  };
}

function dictCode(node: CollectionNode, args: readonly CompiledArgument[]): Code {
  const pairs: { readonly key: Code; readonly value: Code }[] = [];
  for (const argument of args) {
    if (argument.kind !== 'rule') return refuse('#map');
    pairs.push(argument);
  }
  const names = plainNames(node);
  if (names !== null) return plainDictCode(names, pairs);
  return (frame) =>
    fromPairs(
      frame,
      pairs.map(({ key, value }) => [key(frame), value(frame)] as const),
    );
}

/** The keys, when all are texts that a plain object keeps as they are. */
function plainNames(node: CollectionNode): readonly string[] | null {
  const names: string[] = [];
  for (const argument of node.args) {
    const name = argument.kind === 'rule' ? textOf(argument.key) : null;
    if (name === null || name === '__proto__' || isIndexLike(name)) return null;
    names.push(name);
  }
  return names;
}

function textOf(node: Node): string | null {
  return node.kind === 'constant' && typeof node.value === 'string' ? node.value : null;
}

function plainDictCode(names: readonly string[], pairs: readonly { readonly value: Code }[]): Code {
  return (frame) => {
    frame.runtime.budget.output(pairs.length);
    const dict: Record<string, Value> = {};
    for (const [i, { value }] of pairs.entries()) dict[names[i] ?? ''] = value(frame);
    return dict;
  };
}

/** `target[key]` and `target[key, fallback]`. */
export function compileIndex(compiler: PartCompiler, node: IndexNode): Code {
  const target = compiler.compile(node.target);
  const codes = orderArguments(node, compiler.arguments(node.args));
  const [key, fallback] = codes ?? [];
  if (key === undefined) return refuse('#indexer');
  if (fallback === undefined) return (frame) => index(target(frame), key(frame), frame);
  return (frame) => indexOr(target(frame), key(frame), fallback(frame), frame);
}

const INDEX_NAMES: readonly (readonly string[])[] = [['key', 'index'], ['default']];

/** Arguments by position, named ones put where their name belongs; null when they fit no overload. */
function orderArguments(node: IndexNode, args: readonly CompiledArgument[]): readonly Code[] | null {
  const codes: Code[] = [];
  for (const [i, argument] of args.entries()) {
    const source = node.args[i];
    if (argument.kind === 'value') codes.push(argument.code);
    else if (argument.kind === 'rule' && source?.kind === 'rule') {
      const place = INDEX_NAMES.findIndex((names) => names.includes(textOf(source.key) ?? ''));
      if (place < 0 || codes[place] !== undefined) return null;
      codes[place] = argument.value;
    } else return null;
  }
  return codes.length > 2 ? null : codes;
}

function refuse(name: string): Code {
  return () => {
    throw noMatch({ name });
  };
}
