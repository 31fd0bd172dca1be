import type { Query, ServiceClient } from './service-client.js';

const PAGE = 1_000;

/**
 * Entries of a list over all of its pages.
 * @param key  member of the answer that holds the entries, e.g. `tasks`
 * @param limit  how many at most
 */
export async function fetchAll<Entry extends { readonly id: string }>(
  client: ServiceClient,
  path: string,
  key: string,
  query: Query,
  limit = Infinity,
): Promise<readonly Entry[]> {
  const entries: Entry[] = [];
  for (let marker: string | undefined; ;) {
    const page = Math.min(PAGE, limit - entries.length);
    const answer = await client.get<Readonly<Record<string, unknown>>>(path, { ...query, limit: page, marker });
    entries.push(...(answer[key] as readonly Entry[]));
    marker = entries.at(-1)?.id;
    if (answer['next'] === undefined || entries.length >= limit || marker === undefined) return entries;
  }
}
