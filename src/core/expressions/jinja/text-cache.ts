/** Remembers what was made of texts; when it is full, what was not used lately is forgotten. */
export class TextCache<T> {
  private recent = new Map<string, T>();
  private older = new Map<string, T>();

  /** @param capacity  number of texts remembered, at most */
  constructor(
    private readonly capacity: number,
    private readonly make: (text: string) => T,
  ) {}

  get(text: string): T {
    const known = this.recent.get(text);
    if (known !== undefined) return known;
    const value = this.older.get(text) ?? this.make(text);
    if (this.recent.size >= this.capacity / 2) {
      this.older = this.recent;
      this.recent = new Map();
    }
    this.recent.set(text, value);
    return value;
  }
}
