import { valueError } from '../runtime/index.js';

/**
 * Everything but letters, digits and `_.-~` as `%XX` of its UTF-8 bytes.
 * @param isQuery  `/` is encoded too, and a space is `+`; otherwise `/` stays
 */
export function percentEncode(text: string, isQuery: boolean): string {
  let encoded: string;
  try {
    encoded = encodeURIComponent(text);
  } catch {
    throw valueError('surrogates not allowed');
  }
  const strict = encoded.replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
  return isQuery ? strict.replaceAll('%20', '+') : strict.replaceAll('%2F', '/');
}
