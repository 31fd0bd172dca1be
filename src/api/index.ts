export { ApiModule } from './api.module.js';
export { createHttpAdapter, FaultFilter, RouteTable } from './http/index.js';
export { DOCS_PATH, openApiDocument, serveDocs } from './open-api.js';
