import { dictGet } from '../../core/shared/index.js';
import type { Document, Member } from './documents.js';
import { pathOf, ServiceError, type Query, type ServiceClient } from './service-client.js';

/** What has become of one definition. */
export interface Applied {
  readonly kind: 'workflow' | 'workbook' | 'action' | 'environment';
  readonly name: string;
  readonly change: 'created' | 'updated';
}

/** Creates what the server does not have yet, and updates the rest. */
export async function applyDocument(
  client: ServiceClient,
  document: Document,
  namespace?: string,
): Promise<readonly Applied[]> {
  switch (document.kind) {
    case 'workflows':
      return applyMembers(client, { collection: 'workflows', kind: 'workflow', namespace }, document);
    case 'actions':
      return applyMembers(client, { collection: 'actions', kind: 'action', namespace }, document);
    case 'workbook': {
      const { name, text } = document;
      const isThere = await exists(client, pathOf('workbooks', name), { namespace });
      await client.upload(isThere ? 'PUT' : 'POST', 'workbooks', text, { namespace });
      return [{ kind: 'workbook', name, change: changeFor(isThere) }];
    }
    case 'environment': {
      const { name, values } = document;
      const isThere = await exists(client, pathOf('environments', name), {});
      await client.send(isThere ? 'PUT' : 'POST', 'environments', {
        name,
        description: dictGet(values, 'description'),
        scope: dictGet(values, 'scope'),
        variables: dictGet(values, 'variables'),
      });
      return [{ kind: 'environment', name, change: changeFor(isThere) }];
    }
  }
}

interface Target {
  readonly collection: string;
  readonly kind: 'workflow' | 'action';
  readonly namespace: string | undefined;
}

/** The whole text at once when all of it is new or none is; otherwise each member by itself. */
async function applyMembers(
  client: ServiceClient,
  { collection, kind, namespace }: Target,
  { text, members }: { readonly text: string; readonly members: readonly Member[] },
): Promise<readonly Applied[]> {
  const found: (Applied & { readonly text: string })[] = [];
  for (const member of members) {
    const isThere = await exists(client, pathOf(collection, member.name), { namespace });
    found.push({ kind, name: member.name, change: changeFor(isThere), text: member.text });
  }
  const isMixed = new Set(found.map(({ change }) => change)).size > 1;
  const uploads = isMixed ? found : [{ text, change: found[0]?.change ?? 'created' }];
  for (const upload of uploads) {
    await client.upload(upload.change === 'created' ? 'POST' : 'PUT', collection, upload.text, { namespace });
  }
  return found.map(({ name, change }) => ({ kind, name, change }));
}

function changeFor(isThere: boolean): Applied['change'] {
  return isThere ? 'updated' : 'created';
}

async function exists(client: ServiceClient, path: string, query: Query): Promise<boolean> {
  try {
    await client.get(path, query);
    return true;
  } catch (error) {
    if (error instanceof ServiceError && error.status === 404) return false;
    throw error;
  }
}
