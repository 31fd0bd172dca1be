import {
  dictEntries,
  isDict,
  type Json,
  JsonReading,
  MANY_ITEMS,
  rememberedText,
  storedJson,
} from '../../core/shared/index.js';

/** Characters of a text that is read at once. */
export const SMALL_JSON = 65_536;
/** Characters between two looks at the clock. */
const PIECE = 8192;
/** Levels of dicts in which large lists are looked for. */
const DEEPEST = 3;
/** How long one turn of the event loop is held. */
const TURN_MS = 8;

/** Large bodies that are read at the same time; each takes many times its size in memory. */
const AT_ONCE = 2;

const places: (() => void)[] = [];
let busy = 0;

/** Reads a large body when it is its turn, so that only few are in memory as texts and as values too. */
export async function oneOfFew<T>(read: () => Promise<T>): Promise<T> {
  if (busy >= AT_ONCE) await new Promise<void>((resolve) => places.push(resolve));
  else busy++;
  try {
    return await read();
  } finally {
    const next = places.shift();
    if (next === undefined) busy--;
    else next();
  }
}

/** Those who wait for a turn of the event loop: each turn one of them goes on, and then all others that the loop serves. */
const waiting: (() => void)[] = [];

/** Reads a large JSON text in pieces, so that nobody waits for it but who has sent it. @throws {JsonSyntaxError} */
export async function readInTurns(text: string): Promise<Json> {
  const reading = new JsonReading(text, { allowNaN: true });
  await inTurns(() => reading.advance(PIECE));
  return reading.value;
}

/** Makes the texts under which the large lists of a value will be stored, in pieces too. */
export async function writeInTurns(value: unknown, depth = 0): Promise<void> {
  if (isDict(value) && depth < DEEPEST)
    for (const [, item] of dictEntries(value)) if (typeof item === 'object') await writeInTurns(item, depth + 1);
  if (!Array.isArray(value) || value.length < MANY_ITEMS) return;
  const parts: string[] = [];
  let at = 0;
  await inTurns(() => {
    parts.push(storedJson(value.slice(at, at + MANY_ITEMS - 1)).slice(1, -1));
    at += MANY_ITEMS - 1;
    return at >= value.length;
  });
  rememberedText(value, () => `[${parts.join(', ')}]`);
}

/** Does one piece after the other, as many in a turn as there is time for, until it is told that there is no more. */
async function inTurns(doPiece: () => boolean): Promise<void> {
  let isDone = false;
  while (!isDone) {
    await nextTurn();
    const end = performance.now() + TURN_MS;
    do isDone = doPiece();
    while (!isDone && performance.now() < end);
  }
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
