import type { Value } from '../../values/index.js';
import { PyTuple } from '../../values/index.js';
import { PyObject } from '../../../shared/index.js';
import { bind, Callable, JinjaError, NativeFunction } from '../runtime/index.js';

/** `cycler(a, b)`: hands its items out in turn, for ever. */
export class Cycler extends PyObject {
  readonly typeName = 'Cycler';
  private position = 0;

  /** @throws {JinjaError} without items */
  constructor(private readonly items: readonly Value[]) {
    super();
    if (items.length === 0) throw new JinjaError('TemplateRuntimeError', 'at least one item has to be provided');
  }

  private get current(): Value {
    return this.items[this.position] ?? null;
  }

  private next(): Value {
    const item = this.current;
    this.position = (this.position + 1) % this.items.length;
    return item;
  }

  attribute(name: string): Value | undefined {
    switch (name) {
      case 'next':
        return method('next', () => this.next());
      case 'reset':
        return method('reset', () => {
          this.position = 0;
          return null;
        });
      case 'current':
        return this.current;
      case 'items':
        return new PyTuple(this.items);
      case 'pos':
        return this.position;
      default:
        return undefined;
    }
  }
}

/** `joiner(', ')`: nothing when called first, the separator from then on. */
export class Joiner extends Callable {
  readonly typeName = 'Joiner';
  private isUsed = false;

  constructor(private readonly separator: Value) {
    super();
  }

  call(): Value {
    if (this.isUsed) return this.separator;
    this.isUsed = true;
    return '';
  }

  attribute(name: string): Value | undefined {
    if (name === 'sep') return this.separator;
    return name === 'used' ? this.isUsed : undefined;
  }
}

/** A method without arguments. */
function method(name: string, body: () => Value): NativeFunction {
  return new NativeFunction(name, (args) => (bind(name, [], args), body()), 'method');
}
