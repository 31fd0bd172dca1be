/**
 * The text of a variable of the environment, for settings that plugin packages declare; empty counts as absent.
 * @param name  e.g. `ACME_URL`
 */
export function environmentText(name: string): string | undefined {
  const text = process.env[name]?.trim() ?? '';
  return text === '' ? undefined : text;
}
