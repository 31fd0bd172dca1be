import { PyObject } from '../../../shared/index.js';

/** What a skipped argument stands for where any number of arguments is taken: nothing can be done with it. */
class NoValue extends PyObject {
  readonly typeName = 'MarkerClass';

  override repr(): string {
    return '<NoValue>';
  }
}

export const NO_VALUE = new NoValue();
