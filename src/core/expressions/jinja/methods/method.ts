import type { Value } from '../../values/index.js';
import { bind, Callable, refuseNamed, type Arguments, type Parameter, type Run } from '../runtime/index.js';

/** One method of a built-in type. */
export interface Method<Self> {
  readonly name: string;
  readonly call: (self: Self, args: Arguments, run: Run, receiver: Value) => Value;
}

export type MethodBody<Self> = (self: Self, args: readonly Value[], run: Run, receiver: Value) => Value;

/** A method whose arguments are positional only. */
export function method<Self>(name: string, parameters: readonly Parameter[], body: MethodBody<Self>): Method<Self> {
  return {
    name,
    call: (self, args, run, receiver) => {
      refuseNamed(name, args);
      return body(self, bind(name, parameters, args), run, receiver);
    },
  };
}

/** A method whose arguments may be named. */
export function keywordMethod<Self>(
  name: string,
  parameters: readonly Parameter[],
  body: MethodBody<Self>,
): Method<Self> {
  return { name, call: (self, args, run, receiver) => body(self, bind(name, parameters, args), run, receiver) };
}

/** Methods by name. */
export function methodTable<Self>(...groups: readonly (readonly Method<Self>[])[]): ReadonlyMap<string, Method<Self>> {
  return new Map(groups.flat().map((entry) => [entry.name, entry]));
}

/** A method together with the object it was taken from. */
export class BoundMethod<Self = unknown> extends Callable {
  readonly typeName = 'builtin_function_or_method';

  constructor(
    private readonly target: Self,
    private readonly receiver: Value,
    private readonly definition: Method<Self>,
    private readonly ownerType: string,
  ) {
    super();
  }

  call(args: Arguments, run: Run): Value {
    run.touch(this.receiver);
    return this.definition.call(this.target, args, run, this.receiver);
  }

  override equals(other: unknown): boolean {
    return other instanceof BoundMethod && other.definition === this.definition && other.receiver === this.receiver;
  }

  override repr(): string {
    return `<built-in method ${this.definition.name} of ${this.ownerType} object>`;
  }
}
