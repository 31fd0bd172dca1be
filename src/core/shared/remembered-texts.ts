/** Lists of fewer items are written anew each time. */
export const MANY_ITEMS = 256;

/** Of all texts that are remembered, together. */
const MOST_CHARACTERS = 16 * 1024 * 1024;

const TEXTS = new WeakMap<object, string>();
const ORDER: { readonly value: WeakRef<object>; readonly length: number }[] = [];
let characters = 0;

/** The JSON text of a list; it is made once while the list lives, unless too many others were made since. */
export function rememberedText(list: object, make: () => string): string {
  const known = TEXTS.get(list);
  if (known !== undefined) return known;
  const text = make();
  TEXTS.set(list, text);
  ORDER.push({ value: new WeakRef(list), length: text.length });
  characters += text.length;
  while (characters > MOST_CHARACTERS) forgetOldest();
  return text;
}

function forgetOldest(): void {
  const oldest = ORDER.shift();
  const list = oldest?.value.deref();
  characters -= oldest?.length ?? characters;
  if (list !== undefined) TEXTS.delete(list);
}
