import { Argument, InvalidArgumentError, Option } from 'commander';
import { COLLECTION_NAMES, type CollectionName, singular } from './client/collections.js';

const DEFAULT_URL = 'http://127.0.0.1:8989';

/** Where the service is; an option of every client command. */
export function urlOption(): Option {
  const option = new Option('-u, --url <url>', 'address of the service').env('TRAMONTANE_URL').default(DEFAULT_URL);
  return option.argParser(urlOf);
}

/** An empty variable counts as absent. */
function urlOf(text: string): string {
  if (text.trim() === '') return DEFAULT_URL;
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return text.replace(/\/+$/, '');
  throw new InvalidArgumentError(`Expected an address such as ${DEFAULT_URL}.`);
}

export function jsonOption(): Option {
  return new Option('--json', 'print JSON, for programs');
}

export function inputOption(): Option {
  return new Option('-i, --input <json>', 'input of the workflow: a JSON object, @file, or @- for standard input');
}

export function envOption(): Option {
  return new Option('-e, --env <env>', 'environment: a JSON object, @file, or the name of a stored one');
}

export function namespaceOption(): Option {
  return new Option('-n, --namespace <name>', 'namespace of the definitions');
}

/** A kind of thing, in the singular or in the plural. */
export function collectionArgument(): Argument {
  return new Argument('<kind>', 'what, in the plural or in the singular')
    .choices(COLLECTION_NAMES)
    .argParser(collectionOf);
}

function collectionOf(word: string): CollectionName {
  const found = COLLECTION_NAMES.find((name) => word === name || word === singular(name));
  if (found === undefined) throw new InvalidArgumentError(`It must be one of ${COLLECTION_NAMES.join(', ')}.`);
  return found;
}

export function countOption(): Option {
  return new Option('-l, --limit <n>', 'how many at most; 20 of executions and tasks by default').argParser(
    wholeNumber,
  );
}

/** @throws {InvalidArgumentError} for anything but a number from 1 on */
export function wholeNumber(word: string): number {
  if (!/^[1-9]\d{0,8}$/.test(word)) throw new InvalidArgumentError('It must be a positive whole number.');
  return Number(word);
}

export function versionOption(description: string): Option {
  return new Option('--version <n>', description).argParser(wholeNumber);
}

export function stopStateOption(description: string): Option {
  return new Option('-s, --state <state>', description).choices(['CANCELLED', 'ERROR', 'SUCCESS']);
}

/** Gathers the values of an option that may be given several times. */
export function gathered(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}
