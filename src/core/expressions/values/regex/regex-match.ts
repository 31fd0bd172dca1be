import type { Subject } from './subject.js';

/** One match; groups are counted from 1, group 0 is the whole. */
export class RegexMatch {
  private readonly slots: Int32Array;

  /** @param slots  positions of groups, copied because the matcher goes on using its own */
  constructor(
    private readonly regex: { readonly groupCount: number; readonly groupNames: ReadonlyMap<string, number> },
    private readonly subject: Subject,
    slots: Int32Array,
  ) {
    this.slots = slots.slice(0, 2 * (regex.groupCount + 1));
  }

  /** Where a group starts, in code points; -1 when it took no part. */
  start(group = 0): number {
    return (this.slots[2 * group + 1] ?? -1) < 0 ? -1 : (this.slots[2 * group] ?? -1);
  }

  end(group = 0): number {
    return this.slots[2 * group + 1] ?? -1;
  }

  /** The text of a group by number or name; `null` when it took no part or is none of the pattern's. */
  group(group: number | string): string | null {
    const index = typeof group === 'number' ? group : (this.regex.groupNames.get(group) ?? -1);
    const start = this.start(index);
    return start < 0 ? null : this.subject.slice(start, this.end(index));
  }

  /** The texts of all groups from 1 on. */
  groups(): (string | null)[] {
    return Array.from({ length: this.regex.groupCount }, (_, i) => this.group(i + 1));
  }
}
