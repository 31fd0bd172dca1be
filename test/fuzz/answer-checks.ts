import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import type { Answer } from '../e2e/api-under-test.js';
import { schemas, type Content, type Operation, type Schema } from '../support/open-api.js';

const ajv = new Ajv2020({ strict: false });
ajv.addFormat('json', isJson);
ajv.addFormat('date-time-local', (text) => !Number.isNaN(Date.parse(`${text}Z`)));
ajv.addSchema({ $id: 'openapi', components: { schemas: closed(schemas) } });

const validators = new Map<Schema, ValidateFunction>();

/** What is wrong with an answer by what the document says of its operation; undefined when nothing is. */
export function problemOf(operation: Operation, answer: Answer): string | undefined {
  if (answer.status === 500 || answer.status === 503) return 'the server failed';
  const declared = operation.responses[String(answer.status)];
  if (declared === undefined) return 'the status is not declared';
  if (declared.content === undefined) return answer.text === '' ? undefined : 'no body is declared';
  return problemOfBody(declared.content, answer);
}

function problemOfBody(content: Content, { headers, text, body }: Answer): string | undefined {
  const type = String(headers['content-type']).split(';', 1)[0] ?? '';
  const declared = content[type];
  if (declared === undefined) return `the content type ${type} is not declared`;
  if (declared.schema === undefined) return undefined;
  const validate = validatorOf(declared.schema);
  if (validate(type === 'application/json' ? body : text)) return undefined;
  return ajv.errorsText(validate.errors, { dataVar: 'body' });
}

function validatorOf(schema: Schema): ValidateFunction {
  const found = validators.get(schema);
  if (found !== undefined) return found;
  const text = JSON.stringify(schema).replaceAll('"#/components/', '"openapi#/components/');
  const made = ajv.compile(JSON.parse(text) as object);
  validators.set(schema, made);
  return made;
}

/** Schemas that take no field they do not name: clients could not know it. */
function closed(all: Readonly<Record<string, Schema>>): object {
  const entries = Object.entries(all).map(([name, schema]) => {
    return [name, schema.properties === undefined ? schema : { additionalProperties: false, ...schema }] as const;
  });
  return Object.fromEntries(entries);
}

/** JSON as Python writes it: numbers may be NaN or infinite. */
function isJson(text: string): boolean {
  try {
    JSON.parse(text.replaceAll(/-?\b(?:NaN|Infinity)\b/g, '0'));
    return true;
  } catch {
    return false;
  }
}
