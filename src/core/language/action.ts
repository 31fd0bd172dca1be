import { dictGet, type Dict } from '../shared/index.js';
import { parseCall } from './call.js';
import { checkExpressions, type LanguageOptions } from './check-expressions.js';
import type { DefinitionPath } from './errors.js';
import { parseInput } from './input.js';
import { plainAt, textAt, textsAt, toPlain, VERSION, withMembers } from './raw.js';
import { ACTION, validateSchema } from './schema/index.js';
import type { ActionSpec } from './spec.js';

/** Builds an ad-hoc action from the dict that was stored for it, without checking it again. */
export function actionFromRaw(raw: Dict): ActionSpec {
  return {
    name: textAt(raw, 'name') ?? '',
    description: textAt(raw, 'description'),
    tags: textsAt(raw, 'tags'),
    base: parseCall(textAt(raw, 'base') ?? ''),
    baseInput: plainAt(raw, 'base-input'),
    input: parseInput(dictGet(raw, 'input')),
    output: dictGet(raw, 'output') ?? undefined,
    raw: toPlain(raw),
  };
}

/**
 * Checks an ad-hoc action of a definition's text and builds it.
 * @throws {InvalidModelError} with the path of what is wrong
 */
export function parseAction(name: string, data: Dict, options: LanguageOptions, path: DefinitionPath): ActionSpec {
  const raw = withMembers(data, { name, version: VERSION });
  validateSchema(raw, ACTION, path);
  const { params } = parseCall(textAt(raw, 'base') ?? '', [...path, 'base']);
  checkExpressions(params, options, [...path, 'base']);
  checkExpressions(dictGet(raw, 'base-input'), options, [...path, 'base-input']);
  const output = dictGet(raw, 'output');
  if (typeof output === 'string') checkExpressions(output, options, [...path, 'output']);
  return actionFromRaw(raw);
}
