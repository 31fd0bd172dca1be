export { AdminOnly } from './admin-only.js';
export { createHttpAdapter } from './adapter.js';
export { JsonBody, TakesYaml, TextBody } from './bodies.js';
export { AppUrl, Caller } from './caller.js';
export { ClientGone } from './client-gone.js';
export { ApiFaults, ApiListQuery, listOf, pathParameter, query } from './docs.js';
export { ApiIfMatch, ApiTagged, Conditional, IfMatch, type ShowTagged } from './etags.js';
export { FaultFilter } from './faults.js';
export {
  ChoiceField,
  CountField,
  countOf,
  DateField,
  FlagField,
  IntegerField,
  invalidText,
  JsonField,
  JsonTextField,
  notAnObject,
  objectOf,
  TextField,
  TextsField,
  UncheckedJsonField,
} from './fields.js';
export { HttpProblem } from './http-problem.js';
export type { Caller as CallerOf, HttpReply, HttpRequest } from './http-types.js';
export { LenientQuery, Page, Parameters, Query } from './parameters.js';
export { RouteTable } from './routes.js';
