import type { Filter, FilterDefinition } from './definition.js';
import { HTML_FILTERS } from './html.js';
import { MISTRAL_FILTERS } from './mistral.js';
import { NUMBER_FILTERS } from './numbers.js';
import { OBJECT_FILTERS } from './objects.js';
import { SELECTING_FILTERS } from './selecting.js';
import { SEQUENCE_FILTERS } from './sequences.js';
import { SORTING_FILTERS } from './sorting.js';
import { TEXT_FILTERS } from './text.js';

export type { Filter, FilterDefinition } from './definition.js';

/** All filters in the order in which documentation lists them. */
export const FILTER_DEFINITIONS: readonly FilterDefinition[] = [
  ...TEXT_FILTERS,
  ...HTML_FILTERS,
  ...NUMBER_FILTERS,
  ...SEQUENCE_FILTERS,
  ...SORTING_FILTERS,
  ...SELECTING_FILTERS,
  ...OBJECT_FILTERS,
  ...MISTRAL_FILTERS,
];

/** Filters by name and alias. */
export const FILTERS: ReadonlyMap<string, Filter> = new Map(
  FILTER_DEFINITIONS.flatMap(({ names, apply }) => names.map((name) => [name, apply] as const)),
);
