import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { dictGet, isDict, parseJson } from '../core/shared/index.js';
import { Maintenance } from '../scheduler/index.js';
import { HttpProblem, type HttpRequest } from './http/index.js';

const READS = ['GET', 'HEAD', 'OPTIONS'];
const ALWAYS = ['/', '/v2/', '/health', '/maintenance'];

/** Refuses changes while the service is under maintenance. */
@Injectable()
export class MaintenanceGuard implements CanActivate {
  constructor(@Inject(Maintenance) private readonly maintenance: Maintenance) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<HttpRequest>();
    const path = request.url.split('?', 1)[0] ?? '';
    if (READS.includes(request.method) || ALWAYS.includes(path.replace(/(?<=\w)\/$/, ''))) return true;
    const state = await this.maintenance.recentState();
    if (state === 'RUNNING') return true;
    // Running work may come to its end, and executions may be given up.
    if (state === 'PAUSING' && isPut(request, path, 'action_executions')) return true;
    if (isPut(request, path, 'executions') && cancels(request.body)) return true;
    throw new HttpProblem(423, `Current Mistral state is ${state}. Method is not allowed`);
  }
}

function isPut({ method }: HttpRequest, path: string, collection: string): boolean {
  return method === 'PUT' && path.startsWith(`/v2/${collection}/`);
}

/** Whether the body of a PUT is `{"state": "CANCELLED", …}`. */
function cancels(body: unknown): boolean {
  try {
    const json = typeof body === 'string' ? parseJson(body, { allowNaN: true }) : null;
    return isDict(json) && dictGet(json, 'state') === 'CANCELLED';
  } catch {
    return false;
  }
}
