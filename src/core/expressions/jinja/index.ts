export { evaluateJinja, recognisesJinja, validateJinja } from './evaluate.js';
export { FILTER_DEFINITIONS, type FilterDefinition } from './filters/index.js';
export { GLOBAL_DEFINITIONS, MISTRAL_FUNCTIONS, type GlobalDefinition, type MistralFunction } from './globals/index.js';
export { PyRange } from './runtime/index.js';
export { TEST_DEFINITIONS, type TestDefinition } from './tests.js';
