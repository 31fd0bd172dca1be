/** What identifies a definition together with its content: another one after every change, e.g. `23b159d6-….3`. */
export function tagOf({ id, version }: { readonly id: string; readonly version: number }): string {
  return `${id}.${version}`;
}

/** SQL for {@link tagOf}. */
export function tagSql(row: string): string {
  return `${row}.id || '.' || ${row}.version`;
}
