import { BODIES } from './bodies.mjs';
import { EXPRESSIONS } from './expressions.mjs';
import { MANY } from './many.mjs';
import { PARSING } from './parsing.mjs';
import { PLACES_OF_EXPRESSIONS } from './places-of-expressions.mjs';
import { PLACES } from './places.mjs';
import { REQUESTS } from './requests.mjs';
import { SCHEMAS } from './schemas.mjs';
import { SIZES } from './sizes.mjs';
import { TREES } from './trees.mjs';
import { WAITING_CASES } from './waiting.mjs';

/**
 * A case: `{ name, what, attack(arena), afterRestart?(arena), seconds?, settings?, isShort? }`. The attack answers how it
 * ended, or throws `Unexpected`; it has 30 seconds unless it says otherwise. With `afterRestart` the service is killed
 * after the attack and started again.
 */
export const CASES = [
  ...EXPRESSIONS,
  ...PLACES_OF_EXPRESSIONS,
  ...PARSING,
  ...SCHEMAS,
  ...BODIES,
  ...REQUESTS,
  ...TREES,
  ...PLACES,
  ...WAITING_CASES,
  ...SIZES,
  ...MANY,
];
