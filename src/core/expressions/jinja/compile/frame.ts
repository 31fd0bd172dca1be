import type { Activation, Evaluate } from './activation.js';

/** Slots that are allocated for one kind of activation; several frames share it. */
class SlotAllocator {
  size = 0;
}

/** What a template knows as a whole while it is compiled. */
export interface TemplateInfo {
  /** Reads a name that no statement has set: the context, globals. */
  readonly readContext: (name: string) => Evaluate;
}

interface FrameInit {
  readonly template: TemplateInfo;
  readonly parent: Frame | null;
  readonly allocator: SlotAllocator;
  readonly autoescape: boolean | null;
  readonly names?: Map<string, number>;
  readonly always?: Set<string>;
  readonly isTopLevel?: boolean;
  readonly isSoft?: boolean;
}

/**
 * One scope while compiling: the names set in it and where their values are. A frame may share the activation of its
 * parent (a loop, `with`) or have its own (a macro, block or recursive loop).
 */
export class Frame {
  private readonly template: TemplateInfo;
  private readonly parent: Frame | null;
  private readonly allocator: SlotAllocator;
  private readonly names: Map<string, number>;
  /** Names of parameters and loop targets, which always have a value of their own. */
  private readonly always: Set<string>;
  /** Whether blocks see what is set here. */
  readonly isTopLevel: boolean;
  /** Inside `if`, where an unknown filter fails only when it is reached. */
  readonly isSoft: boolean;
  /** Whether text from expressions is escaped; `null` when only the run knows. */
  readonly autoescape: boolean | null;

  private constructor(init: FrameInit) {
    this.template = init.template;
    this.parent = init.parent;
    this.allocator = init.allocator;
    this.names = init.names ?? new Map<string, number>();
    this.always = init.always ?? new Set<string>();
    this.isTopLevel = init.isTopLevel ?? false;
    this.isSoft = init.isSoft ?? false;
    this.autoescape = init.autoescape;
  }

  static forTemplate(template: TemplateInfo): Frame {
    return new Frame({ template, parent: null, allocator: new SlotAllocator(), isTopLevel: true, autoescape: false });
  }

  /** A scope inside this one, in the same activation. */
  inner(autoescape = this.autoescape): Frame {
    return new Frame({ template: this.template, parent: this, allocator: this.allocator, autoescape });
  }

  /** A scope with an activation of its own whose outer one is that of this scope. */
  closure(autoescape = this.autoescape): Frame {
    return new Frame({ template: this.template, parent: this, allocator: new SlotAllocator(), autoescape });
  }

  /** The same scope inside a condition. */
  soft(): Frame {
    if (this.isSoft) return this;
    const { template, parent, allocator, names, always, isTopLevel, autoescape } = this;
    return new Frame({ template, parent, allocator, names, always, isTopLevel, autoescape, isSoft: true });
  }

  /** Slots an activation of this frame needs; ask when everything in it is compiled. */
  get activationSize(): number {
    return this.allocator.size;
  }

  /** The slot of a name set in this very scope. */
  declare(name: string, alwaysHasValue = false): number {
    if (alwaysHasValue) this.always.add(name);
    const known = this.names.get(name);
    if (known !== undefined) return known;
    const slot = this.allocator.size++;
    this.names.set(name, slot);
    return slot;
  }

  /** Slots of all names declared so far. */
  slots(): readonly number[] {
    return [...this.names.values()];
  }

  /** Whether some enclosing scope sets a name. */
  isDeclared(name: string): boolean {
    return this.names.has(name) || (this.parent?.isDeclared(name) ?? false);
  }

  /** Reads a name: the innermost scope that has set it, else the context. */
  read(name: string): Evaluate {
    return this.reader(name, 0);
  }

  private reader(name: string, depth: number): Evaluate {
    const slot = this.names.get(name);
    if (slot === undefined) return this.outerReader(name, depth);
    if (this.always.has(name)) return always(slot, depth);
    return maybe(slot, depth, this.outerReader(name, depth));
  }

  private outerReader(name: string, depth: number): Evaluate {
    if (!this.parent) return this.template.readContext(name);
    return this.parent.reader(name, this.parent.allocator === this.allocator ? depth : depth + 1);
  }
}

function always(slot: number, depth: number): Evaluate {
  if (depth === 0) return (activation) => activation.slots[slot] ?? null;
  return (activation) => ancestor(activation, depth).slots[slot] ?? null;
}

function maybe(slot: number, depth: number, otherwise: Evaluate): Evaluate {
  return (activation) => {
    const value = ancestor(activation, depth).slots[slot];
    return value === undefined ? otherwise(activation) : value;
  };
}

function ancestor(activation: Activation, depth: number): Activation {
  let current = activation;
  for (let i = 0; i < depth && current.outer; i++) current = current.outer;
  return current;
}
