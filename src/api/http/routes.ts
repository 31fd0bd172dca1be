import { InputError, MistralError } from '../../core/shared/index.js';
import { HttpProblem } from './http-problem.js';

/** What is said where nothing is. */
export const NOT_FOUND = 'The resource could not be found.';

interface Route {
  readonly method: string;
  readonly segments: readonly string[];
}

/** The routes there are, to tell an unknown path from a wrong method and from a missing identifier. */
export class RouteTable {
  readonly #routes: Route[] = [];

  /** @param url  as Fastify has it: `/v2/tasks/:id` */
  add(methods: string | readonly string[], url: string): void {
    for (const method of typeof methods === 'string' ? [methods] : methods) {
      this.#routes.push({ method, segments: segmentsOf(url) });
    }
  }

  /** Methods that a path knows, e.g. `['GET', 'POST']`. */
  methodsOf(path: string): readonly string[] {
    const segments = segmentsOf(path);
    return [...new Set(this.#routes.filter((route) => fits(route, segments)).map((route) => route.method))].sort();
  }

  /** Why nothing answers a request: 400 for a missing identifier, 405 with `Allow`, or 404. */
  problemOf(method: string, path: string): MistralError {
    const argument = this.missingArgument(method, segmentsOf(path));
    if (argument !== undefined) return new InputError(`Missing argument: "${argument}"`);
    const methods = this.methodsOf(path);
    if (methods.length === 0) return new HttpProblem(404, NOT_FOUND);
    return new HttpProblem(405, `The method ${method} is not allowed for this resource.`, {
      allow: methods.join(', '),
    });
  }

  private missingArgument(method: string, segments: readonly string[]): string | undefined {
    if (method !== 'PUT' && method !== 'DELETE') return undefined;
    const isCollection = (route: Route): boolean =>
      route.segments.length === segments.length + 1 &&
      fits({ ...route, segments: route.segments.slice(0, -1) }, segments);
    const below = this.#routes.find((route) => route.method === method && isCollection(route));
    const last = below?.segments.at(-1);
    return last?.startsWith(':') === true ? last.slice(1) : undefined;
  }
}

function segmentsOf(path: string): readonly string[] {
  return path.split('/').filter((segment) => segment !== '');
}

function fits(route: Route, segments: readonly string[]): boolean {
  if (route.segments.length !== segments.length) return false;
  return route.segments.every((segment, i) => segment === segments[i] || segment.startsWith(':'));
}
