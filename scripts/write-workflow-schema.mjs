/** Writes schema/workflow-v2.schema.json, the JSON Schema of workflow definitions for editors, from the language's own schemas. */
import { mkdir, writeFile } from 'node:fs/promises';

import { format } from 'prettier';
import { workflowJsonSchema } from '../dist/core/language/schema/editor-schema.js';

const folder = new URL('../schema/', import.meta.url);
await mkdir(folder, { recursive: true });
const text = await format(JSON.stringify(workflowJsonSchema()), { parser: 'json', printWidth: 120 });
await writeFile(new URL('workflow-v2.schema.json', folder), text);
