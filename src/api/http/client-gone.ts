import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { HttpReply } from './http-types.js';

/** An AbortSignal that tells when nobody reads the answer any more: the client has closed the connection. */
export const ClientGone = createParamDecorator((_data: unknown, context: ExecutionContext): AbortSignal => {
  const gone = new AbortController();
  const { raw } = context.switchToHttp().getResponse<HttpReply>();
  raw.once('close', () => gone.abort());
  return gone.signal;
});
