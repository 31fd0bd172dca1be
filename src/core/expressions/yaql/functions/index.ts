import type { Declaration } from '../runtime/frame.js';
import { BRANCHING } from './branching.js';
import { COMBINING } from './combining.js';
import { CONVERSION } from './conversion.js';
import { DATETIME } from './datetime.js';
import { DICTS } from './dicts.js';
import { FILTERING } from './filtering.js';
import { FOLDING } from './folding.js';
import { FORMATTING } from './formatting.js';
import { GENERATING } from './generating.js';
import { GROUPING } from './grouping.js';
import { LISTS } from './lists.js';
import { MATH } from './math.js';
import { MERGING } from './merging.js';
import { MISTRAL } from './mistral.js';
import { ORDERING } from './ordering.js';
import { REGEX } from './regex.js';
import { SETS } from './sets.js';
import { SLICING } from './slicing.js';
import { STRING_PARTS } from './string-parts.js';
import { STRINGS } from './strings.js';
import { SYSTEM } from './system.js';

/** Every function of YAQL as Mistral enables it. */
export const DECLARATIONS: readonly Declaration[] = [
  ...SYSTEM,
  ...BRANCHING,
  ...CONVERSION,
  ...MATH,
  ...STRINGS,
  ...STRING_PARTS,
  ...FORMATTING,
  ...REGEX,
  ...DATETIME,
  ...LISTS,
  ...DICTS,
  ...MERGING,
  ...SETS,
  ...FILTERING,
  ...FOLDING,
  ...ORDERING,
  ...GROUPING,
  ...COMBINING,
  ...SLICING,
  ...GENERATING,
  ...MISTRAL,
];
