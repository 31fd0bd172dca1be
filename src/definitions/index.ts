export { AdHocActions } from './actions.js';
export { DefinitionsModule } from './definitions.module.js';
export { type EnvironmentPatch, Environments } from './environments.js';
export { Workbooks } from './workbooks.js';
export type { DefinitionOptions } from './ownership.js';
export { Workflows } from './workflows.js';
