import { InvalidModelError } from './errors.js';

const LONGEST_NAME = 255;

/**
 * Checks the full name under which a workbook, workflow or action is about to be stored, e.g. `book.flow`.
 * @throws {InvalidModelError} for a name with a space in it, or one that is too long for its column
 */
export function checkDefinitionName(name: string): void {
  if (name.includes(' ')) throw new InvalidModelError(`Name '${name}' must not contain spaces`);
  if (Array.from(name).length <= LONGEST_NAME) return;
  throw new InvalidModelError(`The length of a '${name}' name must not exceed ${LONGEST_NAME} symbols`);
}
