export type { TimestampBuilder } from './construct.js';
export {
  loadYaml,
  loadYamlWith,
  parseYamlDocument,
  type DuplicateKey,
  type YamlDocument,
  type YamlPath,
} from './load.js';
export type { Position } from './marks.js';
export { YamlTimestamp, type YamlTime } from './timestamp.js';
export { YamlError } from './yaml-error.js';
export { dumpYaml, dumpYamlOrdered } from './dump.js';
