import { typeName, type Value } from '../../values/index.js';
import { iterableOf, JinjaError, Namespace, typeError, Undefined, valueError } from '../runtime/index.js';
import type { NamespaceTarget, Target } from '../syntax/index.js';
import type { Activation, Evaluate } from './activation.js';
import type { Frame } from './frame.js';

/** Puts a value into the slots of a target. */
export type Assign = (activation: Activation, value: Value) => void;

/** Compiles an assignment; the names must have been declared in the frame. */
export function compileTarget(target: Target, frame: Frame): Assign {
  switch (target.kind) {
    case 'name':
      return assignSlot(frame.declare(target.name));
    case 'namespace':
      return assignAttribute(frame.read(target.name), target.attribute);
    case 'tuple':
      return unpack(target.items.map((item) => compileTarget(item, frame)));
  }
}

function assignSlot(slot: number): Assign {
  return (activation, value) => {
    activation.slots[slot] = value;
  };
}

function assignAttribute(namespace: Evaluate, attribute: string): Assign {
  return (activation, value) => {
    asNamespace(namespace(activation)).set(attribute, value);
  };
}

function asNamespace(value: Value): Namespace {
  if (value instanceof Namespace) return value;
  throw new JinjaError('TemplateRuntimeError', 'cannot assign attribute on non-namespace object');
}

/** Fails before anything is evaluated when a target needs a namespace and there is none. */
export function compileNamespaceCheck(target: Target, frame: Frame): (activation: Activation) => void {
  const checks = namespaceTargets(target).map(({ name }) => frame.read(name));
  return (activation) => {
    for (const read of checks) asNamespace(read(activation));
  };
}

function namespaceTargets(target: Target): readonly NamespaceTarget[] {
  if (target.kind === 'tuple') return target.items.flatMap(namespaceTargets);
  return target.kind === 'namespace' ? [target] : [];
}

/** @throws {PyError} when there are more or fewer items than targets */
function unpack(targets: readonly Assign[]): Assign {
  return (activation, value) => {
    const items = iterableOf(value);
    if (!items) {
      if (value instanceof Undefined) value.fail();
      throw typeError(`cannot unpack non-iterable ${typeName(value)} object`);
    }
    const values: Value[] = [];
    for (const item of items) {
      if (values.length === targets.length) throw valueError(`too many values to unpack (expected ${targets.length})`);
      values.push(item);
    }
    if (values.length < targets.length) {
      throw valueError(`not enough values to unpack (expected ${targets.length}, got ${values.length})`);
    }
    targets.forEach((assign, index) => assign(activation, values[index] ?? null));
  };
}
