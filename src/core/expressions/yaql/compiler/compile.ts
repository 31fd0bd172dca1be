import { EvaluationError } from '../../errors.js';
import { normalInt, toFloat, truthy, type Value } from '../../values/index.js';
import { property } from '../operators/property.js';
import { CallSite } from '../runtime/call-site.js';
import { DataFrame } from '../runtime/data-frame.js';
import { noMatch } from '../runtime/errors.js';
import { Frame } from '../runtime/frame.js';
import type { Code } from '../runtime/lambda.js';
import type { CallArguments, CompiledArgument } from '../runtime/plan.js';
import type { Registry } from '../runtime/frame.js';
import type { Argument, BinaryNode, CallNode, ConstantNode, Node, UnaryNode } from '../syntax/ast.js';
import { compileCollection, compileIndex } from './collections.js';
import { BINARY, UNARY } from './operators.js';

/** Turns a parsed expression into code. What can be settled before data is known is settled here, once. */
export class Compiler {
  constructor(readonly registry: Registry) {}

  compile(node: Node): Code {
    switch (node.kind) {
      case 'constant':
        return constantCode(node);
      case 'variable':
        return node.name === '$1' ? (frame) => frame.subject() : (frame) => frame.lookup(node.name);
      case 'group':
        return this.compile(node.inner);
      case 'call':
        return this.#call(node);
      case 'unary':
        return this.#unary(node);
      case 'binary':
        return this.#binary(node);
      case 'index':
        return compileIndex(this, node);
      case 'list':
      case 'map':
        return compileCollection(this, node);
    }
  }

  arguments(args: readonly Argument[]): readonly CompiledArgument[] {
    return args.map((argument): CompiledArgument => {
      switch (argument.kind) {
        case 'skipped':
          return argument;
        case 'rule':
          return { kind: 'rule', key: this.compile(argument.key), value: this.compile(argument.value) };
        case 'value':
          return { kind: 'value', code: this.compile(argument.node), constant: constantOf(argument.node) };
      }
    });
  }

  #call(node: CallNode): Code {
    const site = this.#site(node, []);
    return site === null ? () => refuseMapping() : (frame) => site.call(frame);
  }

  /** The call site of a function or, with a placeholder for its receiver, of a method. */
  /** Null when a named argument's name is not a word. */
  #site(node: CallNode, receiver: readonly CompiledArgument[]): CallSite | null {
    const isMethod = receiver.length > 0;
    const compiled = this.arguments(node.args);
    const overloads = this.registry(node.name.replace(/_+$/, ''), isMethod);
    const takesRules = overloads[0]?.takesRules ?? false;
    const args = takesRules ? { positional: compiled, named: [] } : nameRules(node.args, compiled);
    if (args === null) return null;
    return new CallSite(node.name, isMethod, { ...args, positional: [...receiver, ...args.positional] }, this.registry);
  }

  #unary(node: UnaryNode): Code {
    const operand = this.compile(node.operand);
    if (node.operator === 'not') return (frame) => !truthy(operand(frame));
    const operate = UNARY.get(node.operator);
    if (operate === undefined) throw noMatch({ name: `#unary_operator_${node.operator}` });
    return (frame) => operate(operand(frame));
  }

  #binary(node: BinaryNode): Code {
    if (node.operator === '.' || node.operator === '?.') return this.#dot(node);
    const left = this.compile(node.left);
    const right = this.compile(node.right);
    if (node.operator === 'and') return (frame) => valueIf(left(frame), true, right, frame);
    if (node.operator === 'or') return (frame) => valueIf(left(frame), false, right, frame);
    if (node.operator === '->') return (frame) => right(asFrame(left(frame)));
    const operate = BINARY.get(node.operator);
    if (operate === undefined) throw noMatch({ name: `#operator_${node.operator}` });
    return (frame) => operate(left(frame), right(frame), frame);
  }

  #dot(node: BinaryNode): Code {
    const left = this.compile(node.left);
    const access = this.#member(node.right);
    if (node.operator === '?.') {
      return (frame) => {
        const receiver = left(frame);
        return receiver === null ? null : access(receiver, frame);
      };
    }
    const { right } = node;
    const word = wordOf(right);
    if (word !== null && isSubject(node.left)) return subjectEntryCode(word);
    if (right.kind !== 'call' && word === null) return () => refuseDot();
    return (frame) => access(left(frame), frame);
  }

  /** What stands right of a dot: a property or a method call. */
  #member(node: Node): (receiver: Value, frame: Frame) => Value {
    const key = wordOf(node);
    if (key !== null) return (receiver, frame) => property(receiver, key, frame);
    if (node.kind !== 'call') return refuseDot;
    const site = this.#site(node, [{ kind: 'value', code: () => null, constant: undefined }]);
    return site === null ? () => refuseMapping() : (receiver, frame) => site.call(frame, receiver);
  }
}

/** The text of a word without quotes, which alone can name a property or an argument. */
function wordOf(node: Node): string | null {
  return node.kind === 'constant' && node.isWord && typeof node.value === 'string' ? node.value : null;
}

function isSubject(node: Node): boolean {
  return node.kind === 'variable' && node.name === '$1';
}

/** `$.key`: from the data's layers where `$` is the data, without merging them. */
function subjectEntryCode(key: string): Code {
  return (frame) => {
    const owner = frame.subjectFrame();
    const entry = owner instanceof DataFrame ? owner.subjectEntry(key) : undefined;
    return entry === undefined ? property(owner?.ownSubject() ?? null, key, frame) : entry;
  };
}

function valueIf(left: Value, wanted: boolean, right: Code, frame: Frame): Value {
  return truthy(left) === wanted ? right(frame) : left;
}

function asFrame(value: Value): Frame {
  if (value instanceof Frame) return value;
  throw noMatch({ name: '#operator_->' });
}

function refuseDot(): never {
  throw noMatch({ name: '#operator_.' });
}

function refuseMapping(): never {
  throw new EvaluationError('Cannot convert mapping to keyword argument');
}

/** Splits off arguments that name a parameter; null when something else than a word is used as a name. */
export function nameRules(args: readonly Argument[], compiled: readonly CompiledArgument[]): CallArguments | null {
  const positional: CompiledArgument[] = [];
  const named = new Map<string, CompiledArgument>();
  for (const [i, argument] of args.entries()) {
    const code = compiled[i];
    if (code === undefined) continue;
    if (argument.kind !== 'rule' || code.kind !== 'rule') positional.push(code);
    else {
      const name = wordOf(argument.key);
      if (name === null) return null;
      named.set(name, { kind: 'value', code: code.value, constant: constantOf(argument.value) });
    }
  }
  return { positional, named: [...named] };
}

/** The value of an argument that is known without data. */
export function constantOf(node: Node): Value | undefined {
  if (node.kind !== 'constant') return undefined;
  const { value } = node;
  if (typeof value === 'bigint') return normalInt(value);
  return typeof value === 'object' && value !== null ? toFloat(value.float) : value;
}

function constantCode(node: ConstantNode): Code {
  const value = constantOf(node) ?? null;
  return () => value;
}
