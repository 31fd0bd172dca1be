import type { ClaimedAction, ClaimStore, Shares } from '../../src/store/index.js';

/** Claims as a node whose lease then lasts for so many seconds; after 0 it has ended. */
export async function claimAs(
  claims: ClaimStore,
  which: number | readonly string[],
  node: string,
  leaseSeconds: number,
  shares?: Shares,
): Promise<readonly ClaimedAction[]> {
  await claims.nodes.renew(node, 60);
  const claimed = await claims.claimRuns(which, node, shares);
  await claims.nodes.renew(node, leaseSeconds);
  return claimed;
}
