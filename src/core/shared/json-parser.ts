import { type JsonParseOptions, JsonReading, MAX_DEPTH } from './json-reading.js';
import { needsCareToParse } from './json-scan.js';
import type { Json } from './py-dict.js';

/**
 * Reads JSON without loss (`4.0` stays a float, long integers become `bigint`, order of keys is kept); the last of equal
 * keys wins.
 * @throws {JsonSyntaxError}
 */
export function parseJson(text: string, options: JsonParseOptions = {}): Json {
  if (!needsCareToParse(text, MAX_DEPTH)) {
    try {
      return JSON.parse(text) as Json;
    } catch {
      // The careful reader below finds the place, or accepts NaN.
    }
  }
  return new JsonReading(text, options).readAll();
}
