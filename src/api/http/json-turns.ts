import { type Json, JsonReading } from '../../core/shared/index.js';

/** Characters of a text that is read at once. */
export const SMALL_JSON = 65_536;
/** Characters between two looks at the clock. */
const PIECE = 8192;
/** How long one turn of the event loop is held. */
const TURN_MS = 8;

/** Those who wait for a turn of the event loop: each turn one of them goes on, and then all others that the loop serves. */
const waiting: (() => void)[] = [];

/** Reads a large JSON text in pieces, so that nobody waits for it but who has sent it. @throws {JsonSyntaxError} */
export async function readInTurns(text: string): Promise<Json> {
  const reading = new JsonReading(text, { allowNaN: true });
  let isRead = false;
  while (!isRead) {
    await nextTurn();
    const end = performance.now() + TURN_MS;
    do isRead = reading.advance(PIECE);
    while (!isRead && performance.now() < end);
  }
  return reading.value;
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve);
    if (waiting.length === 1) setImmediate(giveTurn);
  });
}

function giveTurn(): void {
  waiting[0]?.();
  setImmediate(() => {
    waiting.shift();
    if (waiting.length > 0) giveTurn();
  });
}
