import type { Node } from './ast.js';
import { RegexError } from './regex-error.js';
import { widthOf, type Width } from './width.js';

/** The capturing groups of a pattern while it is read. */
export class GroupTable {
  readonly names = new Map<string, number>();
  /** By index; `undefined` while a group is open. */
  readonly #widths: (Width | undefined)[] = [];
  /** Groups with an index from here on belong to the look-behind being read. */
  lookbehindFrom = Infinity;

  get count(): number {
    return this.#widths.length;
  }

  /** @returns the index of the new group, from 1 */
  open(name: string | undefined, position: number): number {
    const index = this.#widths.push(undefined);
    if (name !== undefined) {
      const earlier = this.names.get(name);
      if (earlier !== undefined) {
        throw new RegexError(`redefinition of group name '${name}' as group ${index}; was group ${earlier}`, position);
      }
      this.names.set(name, index);
    }
    return index;
  }

  close(index: number, body: Node): void {
    this.#widths[index - 1] = this.widthOf(body);
  }

  widthOf(node: Node): Width {
    return widthOf(node, (index) => this.#widths[index - 1] ?? { min: 0, max: Infinity });
  }

  /** @throws {RegexError} when a group can't be referred to at this place */
  checkReference(index: number, position: number): void {
    if (index > this.count) throw new RegexError(`invalid group reference ${index}`, position + 1);
    if (this.#widths[index - 1] === undefined) throw new RegexError('cannot refer to an open group', position);
    if (index >= this.lookbehindFrom) {
      throw new RegexError('cannot refer to group defined in the same lookbehind subpattern', position);
    }
  }

  /** @throws {RegexError} */
  indexOf(name: string, position: number): number {
    const index = this.names.get(name);
    if (index === undefined) throw new RegexError(`unknown group name '${name}'`, position);
    return index;
  }
}
