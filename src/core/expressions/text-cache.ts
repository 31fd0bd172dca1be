/** Characters of all remembered texts together, unless said otherwise; what is made of a text takes far more room. */
const DEFAULT_LENGTH = 1_000_000;

/** Remembers what was made of texts; when it is full, by number or by length, what was not used lately is forgotten. */
export class TextCache<T> {
  #recent = new Map<string, T>();
  #recentLength = 0;
  #older = new Map<string, T>();
  #olderLength = 0;

  /**
   * @param capacity  number of texts remembered, at most
   * @param maxLength  their characters; a text with more than an eighth of that is made anew each time
   */
  constructor(
    readonly capacity: number,
    readonly make: (text: string) => T,
    readonly maxLength = DEFAULT_LENGTH,
  ) {}

  /** How many texts are remembered. */
  get size(): number {
    return this.#recent.size + this.#older.size;
  }

  /** How many characters they have. */
  get length(): number {
    return this.#recentLength + this.#olderLength;
  }

  get(text: string): T {
    const known = this.#recent.get(text);
    if (known !== undefined) return known;
    const value = this.#older.get(text) ?? this.make(text);
    if (text.length <= this.maxLength / 8) this.#keep(text, value);
    return value;
  }

  #keep(text: string, value: T): void {
    if (this.#recent.size >= this.capacity / 2 || this.#recentLength + text.length > this.maxLength / 2) {
      this.#older = this.#recent;
      this.#olderLength = this.#recentLength;
      this.#recent = new Map();
      this.#recentLength = 0;
    }
    this.#recent.set(text, value);
    this.#recentLength += text.length;
    if (this.#older.delete(text)) this.#olderLength -= text.length;
  }
}
