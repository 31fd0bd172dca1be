/** Texts beyond this length are made anew each time rather than kept. */
const MAX_LENGTH = 50_000;

/** Remembers what was made of a text; when it is full, the older half goes. */
export class CodeCache<T> {
  #young = new Map<string, T>();
  #old = new Map<string, T>();

  constructor(
    readonly capacity: number,
    readonly make: (text: string) => T,
  ) {}

  get(text: string): T {
    const known = this.#young.get(text);
    if (known !== undefined) return known;
    const value = this.#old.get(text) ?? this.make(text);
    if (text.length <= MAX_LENGTH) this.#keep(text, value);
    return value;
  }

  #keep(text: string, value: T): void {
    if (this.#young.size >= this.capacity / 2) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(text, value);
  }
}
