import { setTimeout as delay } from 'node:timers/promises';

/**
 * Waits for something that happens by itself, looking every 20 ms.
 * @returns  the first answer that is neither false nor undefined
 * @throws {Error} with the last error, or "not within …", when it does not happen in time
 */
export async function until<T>(look: () => T | Promise<T>, timeoutMs = 20_000): Promise<Exclude<T, false | undefined>> {
  const deadline = performance.now() + timeoutMs;
  for (let problem: unknown; ;) {
    try {
      const answer = await look();
      if (answer !== false && answer !== undefined) return answer as Exclude<T, false | undefined>;
    } catch (error) {
      problem = error;
    }
    if (performance.now() > deadline) throw new Error(`not within ${String(timeoutMs)} ms`, { cause: problem });
    await delay(20);
  }
}
