import { codePoints, isFlat } from '../characters.js';

/** A text to search in, addressed by code points. */
export class Subject {
  /** The code points, then -1 so that reading past the end is harmless. */
  readonly codes: Int32Array;
  private readonly flat: boolean;

  constructor(readonly text: string) {
    this.flat = isFlat(text);
    const codes = codePoints(text);
    this.codes = new Int32Array(codes.length + 1);
    this.codes.set(codes);
    this.codes[codes.length] = -1;
  }

  get length(): number {
    return this.codes.length - 1;
  }

  slice(start: number, end: number): string {
    if (this.flat) return this.text.slice(start, end);
    let text = '';
    for (let i = start; i < end; i++) text += String.fromCodePoint(this.codes[i] ?? 0);
    return text;
  }
}
