import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { JsonSyntaxError, isDict, parseJson, type Json } from '../core/shared/index.js';
import { UsageError } from './outcome.js';

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
  EACCES: 'it may not be read',
};

/**
 * Text of a file; `-` is standard input.
 * @throws {UsageError}
 */
export async function readText(path: string): Promise<string> {
  if (path === '-') return text(process.stdin);
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const code = codeOf(error);
    throw new UsageError(`${path}: ${REASONS[code] ?? code}`, { cause: error });
  }
}

function codeOf(error: unknown): string {
  const isCoded = typeof error === 'object' && error !== null && 'code' in error;
  return isCoded ? String(error.code) : String(error);
}

/**
 * Any JSON given on the command line.
 * @param given  the text itself, or `@file`, or `@-` for standard input
 * @throws {UsageError}
 */
export async function readJson(given: string, option: string): Promise<Json> {
  const source = given.startsWith('@') ? await readText(given.slice(1)) : given;
  try {
    return parseJson(source);
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
    throw new UsageError(`${option}: got ${shown(given)}, expected JSON or @file (${error.message})`, { cause: error });
  }
}

/** As {@link readJson} for objects; `undefined` when nothing is given. */
export async function readObject(given: string | undefined, option: string): Promise<Json | undefined> {
  if (given === undefined) return undefined;
  const value = await readJson(given, option);
  if (!isDict(value)) throw new UsageError(`${option}: got ${shown(given)}, expected a JSON object`);
  return value;
}

function shown(given: string): string {
  return given.length > 60 ? `${given.slice(0, 57)}…` : given;
}
