import { AsyncLocalStorage } from 'node:async_hooks';

/** What log lines say of the request that they are written for. */
interface RequestContext {
  readonly requestId: string;
  /** Work that a request has started may go on long after its answer; its lines are then no longer the request's. */
  isAnswered: boolean;
}

const current = new AsyncLocalStorage<RequestContext>();

/** Runs a handler so that all log lines bear the identifier, until the returned function has been called. */
export function withRequestId(requestId: string, run: (answered: () => void) => void): void {
  const context = { requestId, isAnswered: false };
  current.run(context, run, () => {
    context.isAnswered = true;
  });
}

/** What the log adds to each line: `{ request_id: '…' }` within a request, nothing elsewhere. */
export function requestFields(): object {
  const context = current.getStore();
  return context === undefined || context.isAnswered ? {} : { request_id: context.requestId };
}
