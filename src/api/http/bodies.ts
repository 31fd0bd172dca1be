import { applyDecorators, createParamDecorator, type ExecutionContext, type Type } from '@nestjs/common';
import { ApiBody, ApiConsumes } from '@nestjs/swagger';
import { getMetadataStorage, validateSync } from 'class-validator';
import {
  dictEntries,
  InputError,
  isDict,
  type Json,
  JsonSyntaxError,
  parseJson,
  stringifyJson,
} from '../../core/shared/index.js';
import { invalidText, isJsonField } from './fields.js';
import { HttpProblem } from './http-problem.js';
import type { HttpRequest } from './http-types.js';
import { oneOfFew, readInTurns, SMALL_JSON, writeInTurns } from './json-turns.js';

/** How the JSON body of a handler is read. */
export interface JsonBodyOptions<T extends object> {
  /** What error texts call the body: `wf_ex`. */
  readonly argument: string;
  readonly dto: Type<T>;
  /** Known attributes that this handler has no use for; they are dropped. */
  readonly ignored: readonly string[];
  /** Known attributes that must not be sent, and what to answer then. */
  readonly refused?: { readonly names: readonly string[]; readonly text: string };
}

const READ_ONLY = 'project_id';
const declaredNames = new WeakMap<Type<object>, ReadonlySet<string>>();

/** The JSON body as a checked DTO; attributes of the resource that the DTO lacks are dropped, others refused. */
export function JsonBody<T extends object>(options: JsonBodyOptions<T>): ParameterDecorator {
  return createParamDecorator((_data: unknown, context: ExecutionContext): T | Promise<T> => {
    return readJsonBody(context.switchToHttp().getRequest<HttpRequest>(), options);
  })();
}

/** The body as text, whatever its content type says. */
export const TextBody = createParamDecorator((_data: unknown, context: ExecutionContext): string => {
  const { body } = context.switchToHttp().getRequest<HttpRequest>();
  return typeof body === 'string' ? body : '';
});

/** Documents a body of YAML text. */
export function TakesYaml(example: string): MethodDecorator {
  const schema = { type: 'string' as const, description: 'YAML text, sent with any content type but XML.', example };
  return applyDecorators(ApiConsumes('text/plain'), ApiBody({ schema, required: true }));
}

/** @throws {InputError} for anything but a JSON object whose attributes are known and of the right type */
function readJsonBody<T extends object>(request: HttpRequest, options: JsonBodyOptions<T>): T | Promise<T> {
  const text = typeof request.body === 'string' ? request.body : '';
  if (text.trim() === '') throw new InputError(`Missing argument: "${options.argument}"`);
  const problem = mimetypeProblem(request.headers);
  if (problem !== undefined) throw problem;
  if (text.length <= SMALL_JSON) return checked(toDto(parseBody(text), options));
  return oneOfFew(() => readLargeBody(text, options));
}

async function readLargeBody<T extends object>(text: string, options: JsonBodyOptions<T>): Promise<T> {
  const dto = toDto(await readInTurns(text).catch(refuseSyntax), options);
  for (const [name, value] of Object.entries(dto) as [string, unknown][]) {
    if (!isJsonField(options.dto, name)) continue;
    const isLargeText = typeof value === 'string' && value.length > SMALL_JSON;
    const inner = isLargeText
      ? await readInTurns(value).catch((cause: unknown) => refuseField(name, value, cause))
      : value;
    // Whatever else the text may be is for the field to refuse.
    if (!isDict(inner)) continue;
    Object.assign(dto, { [name]: inner });
    await writeInTurns(inner);
  }
  return checked(dto);
}

/** The answer to a body that is not declared as JSON. */
export function mimetypeProblem(headers: HttpRequest['headers']): HttpProblem | undefined {
  const type = headers['content-type'];
  const mimetype = typeof type === 'string' ? (type.split(';', 1)[0] ?? '').trim() : '';
  return /json$/i.test(mimetype) ? undefined : new HttpProblem(415, `Unknown mimetype: ${mimetype}`);
}

function parseBody(text: string): Json {
  try {
    return parseJson(text, { allowNaN: true });
  } catch (cause) {
    return refuseSyntax(cause);
  }
}

function refuseField(name: string, text: string, cause: unknown): never {
  if (cause instanceof JsonSyntaxError) throw new InputError(invalidText(name, text, cause.message), { cause });
  throw cause;
}

function refuseSyntax(cause: unknown): never {
  if (cause instanceof JsonSyntaxError) throw new InputError('Request is not in valid JSON format', { cause });
  throw cause;
}

function toDto<T extends object>(body: Json, { argument, dto: Dto, ignored, refused }: JsonBodyOptions<T>): T {
  if (!isDict(body)) throw new InputError(`Invalid input for field/attribute ${argument}. Expected a JSON object.`);
  const dto = new Dto();
  const declared = namesOf(Dto);
  for (const [key, value] of dictEntries(body)) {
    const name = typeof key === 'string' ? key : stringifyJson(key);
    if (declared.has(name)) Object.assign(dto, { [name]: value });
    else if (refused?.names.includes(name) === true) throw new InputError(refused.text);
    else if (name === READ_ONLY && ignored.includes(name)) throw new InputError(readOnlyText(value));
    else if (!ignored.includes(name)) throw new InputError(`Unknown attribute for argument ${argument}: ${name}`);
  }
  return dto;
}

function checked<T extends object>(dto: T): T {
  const [problem] = validateSync(dto, { stopAtFirstError: true });
  const text = Object.values(problem?.constraints ?? {})[0];
  if (text !== undefined) throw new InputError(text);
  return dto;
}

function readOnlyText(value: Json): string {
  return `Invalid input for field/attribute ${READ_ONLY}. Value: '${typeof value === 'string' ? value : stringifyJson(value)}'. Cannot set read only field.`;
}

function namesOf(Dto: Type<object>): ReadonlySet<string> {
  const known = declaredNames.get(Dto);
  if (known !== undefined) return known;
  const metadata = getMetadataStorage().getTargetValidationMetadatas(Dto, '', true, false);
  const names = new Set(metadata.map((one) => one.propertyName));
  declaredNames.set(Dto, names);
  return names;
}
