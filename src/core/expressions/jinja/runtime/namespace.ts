import { PyObject } from '../../../shared/index.js';
import type { PyDict, Renderer } from '../../../shared/index.js';
import type { Composite, Value } from '../../values/index.js';

/** `namespace(…)`: attributes that a `set` inside a loop can change. */
export class Namespace extends PyObject implements Composite {
  readonly typeName = 'Namespace';

  constructor(readonly values: PyDict<Value>) {
    super();
  }

  get innerValues(): readonly Value[] {
    return [this.values];
  }

  attribute(name: string): Value | undefined {
    return this.values.get(name);
  }

  set(name: string, value: Value): void {
    this.values.set(name, value);
  }

  override repr(renderer: Renderer): string {
    return `<Namespace ${renderer.render(this.values)}>`;
  }
}
