/** Ends the PostgreSQL that global-setup.mjs lent, if any spec asked for it. */
export default async function teardown() {
  await globalThis.stopTestPostgres?.();
}
