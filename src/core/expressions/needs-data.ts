/** Thrown by a data function whose answer is not loaded yet; the engine loads `key` and decides again. */
export class NeedsData extends Error {
  constructor(readonly key: string) {
    super(`needs data: ${key}`);
  }
}
