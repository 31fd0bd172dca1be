/** What takes a thread so long is not tried first by the thread that decides, in milliseconds. */
const HEAVY_MS = 5;
const MOST_TEXTS = 1_000;
/** Longest text that is remembered, in characters. */
const LONGEST_TEXT = 10_000;

/** Expressions that took long when they were evaluated last. */
export class HeavyTexts {
  private readonly texts = new Set<string>();

  has(text: string): boolean {
    return this.texts.has(text);
  }

  note(text: string, ms: number): void {
    this.texts.delete(text);
    if (ms < HEAVY_MS || text.length > LONGEST_TEXT) return;
    this.texts.add(text);
    const [oldest] = this.texts;
    if (this.texts.size > MOST_TEXTS && oldest !== undefined) this.texts.delete(oldest);
  }
}
