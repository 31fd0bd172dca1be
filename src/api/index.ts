export { ApiModule } from './api.module.js';
export { createHttpAdapter, FaultFilter, RouteTable } from './http/index.js';
export { serveDocs } from './open-api.js';
