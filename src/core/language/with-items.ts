import { dictGet, JsonSyntaxError, parseJson, pythonRepr, type Dict, type Json } from '../shared/index.js';
import { InvalidModelError, type DefinitionPath } from './errors.js';
import type { WithItemsSpec } from './spec.js';

/** Only a prefix has to match: spaces are optional and what follows the list is ignored. */
const ITEM = /^\s*([\p{L}\p{N}_-]+)\s*in\s*(\[[^\n]+\]|<%[^\n]*?%>|\{\{[^\n]*\}\}|\{%[^\n]*%\})/u;

/**
 * Reads `with-items`: `i in <% $.list %>`, `i in [1, 2]`, or a list of such texts; of equal variables the last wins.
 * @throws {InvalidModelError} for another form
 */
export function parseWithItems(task: Dict, path: DefinitionPath): readonly WithItemsSpec[] {
  const items = new Map<string, WithItemsSpec>();
  for (const { variable, list } of withItemsTexts(task, path)) {
    items.set(variable, { variable, list: list.startsWith('[') ? parseList(list, path) : list });
  }
  return [...items.values()];
}

/** Variables with the texts of their lists. */
export function withItemsTexts(task: Dict, path: DefinitionPath): readonly { variable: string; list: string }[] {
  const value = dictGet(task, 'with-items');
  if (value === undefined) return [];
  return (Array.isArray(value) ? (value as readonly Json[]) : [value]).map((item) => {
    if (typeof item !== 'string') {
      throw new InvalidModelError(`'with-items' elements should be strings: ${pythonRepr(task)}`, path);
    }
    const [, variable, list] = ITEM.exec(item) ?? [];
    if (variable !== undefined && list !== undefined) return { variable, list };
    const format = "'var in {[some, list] | <% $.array %> }";
    throw new InvalidModelError(
      `Wrong format of 'with-items' property. Please use format ${format}: ${pythonRepr(task)}`,
      path,
    );
  });
}

function parseList(text: string, path: DefinitionPath): Json {
  try {
    return parseJson(text);
  } catch (cause) {
    if (!(cause instanceof JsonSyntaxError)) throw cause;
    throw new InvalidModelError(`Invalid array in 'with-items' clause: ${text}, error: ${cause.message}`, path, {
      cause,
    });
  }
}
