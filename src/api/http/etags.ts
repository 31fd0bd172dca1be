import { applyDecorators, createParamDecorator, type ExecutionContext, type Type } from '@nestjs/common';
import { ApiHeader, ApiResponse } from '@nestjs/swagger';
import { InputError } from '../../core/shared/index.js';
import type { Tagged } from '../../store/queries/index.js';
import { ApiFaults } from './docs.js';
import type { HttpReply, HttpRequest } from './http-types.js';

/** Makes the body of an answer, with its ETag; none with 304 when the client has the same already. */
export type ShowTagged = (thing: Tagged) => string | undefined;

const EXAMPLE = '"23b159d6-937a-4b61-8de7-30ab65ed6a74.3"';
const TAGS = /^\s*(?:(?:W\/)?"[^"]*"\s*(?:,\s*|$))+$/;

/** How to answer a GET of something that has a tag. */
export const Conditional = createParamDecorator((_data: unknown, context: ExecutionContext): ShowTagged => {
  const request = context.switchToHttp().getRequest<HttpRequest>();
  const reply = context.switchToHttp().getResponse<HttpReply>();
  const known = tagsOf(request, 'if-none-match');
  return ({ json, tag }) => {
    if (tag === undefined) return json;
    void reply.header('etag', `"${tag}"`);
    // A weak tag of ours is as good: it only says that somebody on the way packed the answer differently.
    const isKnown = known === '*' || known?.some((one) => one.replace(/^W\//, '') === tag) === true;
    if (!isKnown) return json;
    void reply.code(304);
    return undefined;
  };
});

/** Tags of `If-Match`; undefined when anything that exists may be changed. */
export const IfMatch = createParamDecorator((_data: unknown, context: ExecutionContext) => {
  const tags = tagsOf(context.switchToHttp().getRequest<HttpRequest>(), 'if-match');
  return tags === '*' ? undefined : tags;
});

/** Documents a GET whose answer has a tag. */
export function ApiTagged(dto: Type<object>): MethodDecorator {
  const tag = { description: 'Another one after every change.', schema: { type: 'string' as const, example: EXAMPLE } };
  return applyDecorators(
    header('If-None-Match', 'ETag of an earlier answer: 304 if nothing has changed since.'),
    ApiResponse({ status: 200, type: dto, headers: { ETag: tag } }),
    ApiResponse({ status: 304, description: 'It is still as `If-None-Match` says; the answer has no body.' }),
  );
}

/** Documents a change that may be bound to what the client has seen. */
export function ApiIfMatch(): MethodDecorator {
  return applyDecorators(
    header('If-Match', 'ETag of an earlier GET: 412 if it has changed since. Without, it is changed in any case.'),
    ApiFaults(412),
  );
}

function header(name: string, description: string): MethodDecorator {
  return ApiHeader({ name, description, required: false, schema: { type: 'string', example: EXAMPLE } });
}

/** The tags without quotation marks; weak ones keep their `W/`, so that they are never taken for strong ones. */
function tagsOf({ headers }: HttpRequest, name: string): '*' | readonly string[] | undefined {
  const given = headers[name];
  const text = typeof given === 'object' ? given.join(',') : given;
  if (text === undefined) return undefined;
  if (text.trim() === '*') return '*';
  if (!TAGS.test(text)) throw new InputError(`The header ${name} must be * or tags in quotation marks: ${text}`);
  return [...text.matchAll(/(W\/)?"([^"]*)"/g)].map(([, weak = '', tag = '']) => weak + tag);
}
