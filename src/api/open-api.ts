import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { tidied } from './open-api-tidy.js';

/** Where the documentation is, below the address of the server. */
const DOCS_PATH = 'docs';

const DESCRIPTION = `Starts and follows workflows. Speaks the API v2 of OpenStack Mistral.

* Fields of format \`json\` hold JSON as text; request bodies may have the object itself instead.
* Dates are UTC, \`YYYY-MM-DD HH:MM:SS\`.
* Lists answer one page; \`next\` leads to the following one.
* Every error answers \`faultstring\`, one sentence.`;

/** The OpenAPI document, made from the decorators of the controllers. */
export function openApiDocument(app: INestApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setTitle('Tramontane')
    .setDescription(DESCRIPTION)
    .setVersion('2.0')
    .setOpenAPIVersion('3.1.0')
    .addTag('workflows', 'Definitions of workflows')
    .addTag('executions', 'Runs of workflows')
    .addTag('tasks', 'Tasks of executions')
    .addTag('action_executions', 'Runs of actions')
    .addTag('actions', 'Actions of plugins, and ad-hoc ones')
    .addTag('workbooks', 'Workflows and ad-hoc actions in one text')
    .addTag('environments', 'Named sets of values')
    .addTag('code_sources', 'Code for dynamic actions; admins only')
    .addTag('dynamic_actions', 'Actions whose code is in code sources; admins only')
    .addTag('cron_triggers', 'Start workflows at given times')
    .addTag('event_triggers', 'Start workflows at events from outside')
    .addTag('members', 'Share workflows with other projects')
    .addTag('maintenance', 'Pause and resume the whole service')
    .addTag('discovery', 'Where the API is, and whether it works')
    .build();
  return tidied(SwaggerModule.createDocument(app, config, { operationIdFactory: operationId }));
}

/** Serves `/docs` and `/docs-json`. */
export function serveDocs(app: INestApplication): void {
  SwaggerModule.setup(DOCS_PATH, app, () => openApiDocument(app), { customSiteTitle: 'Tramontane' });
}

function operationId(controller: string, method: string): string {
  return `${controller.replace(/Controller$/, '')}_${method}`;
}
