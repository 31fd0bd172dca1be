/** What the driver saw at a step, or the original's answer: plain JSON. */
export type Seen = null | boolean | number | string | readonly Seen[] | { readonly [key: string]: Seen };

const MESSAGE = /^(Failure caused by|Failed to|Failed by|The action raised|Can not evaluate|Invalid ) ?/;

/** Where data differ; texts (`text`, `fault`, and messages anywhere) only have to be there. Empty when all is well. */
export function differences(want: Seen, got: Seen): readonly string[] {
  return unlike(withoutTexts(want), withoutTexts(got), '');
}

/** As `differences`, but only what `want` names has to hold, and `*` matches anything. */
export function missing(want: Seen, got: Seen, at = ''): readonly string[] {
  if (want === '*') return [];
  if (isList(want)) {
    if (!isList(got) || got.length !== want.length) return [`${at}: wanted ${want.length} items, got ${show(got)}`];
    return want.flatMap((item, index) => missing(item, got[index] ?? null, `${at}[${index}]`));
  }
  if (isDict(want)) {
    if (!isDict(got)) return [`${at}: wanted ${show(want)}, got ${show(got)}`];
    return Object.entries(want).flatMap(([key, value]) => missing(value, got[key] ?? null, `${at}.${key}`));
  }
  return want === got ? [] : [`${at}: wanted ${show(want)}, got ${show(got)}`];
}

/** Texts of both that are the same, and how many there are. */
export function equalTexts(want: Seen, got: Seen): { readonly same: number; readonly all: number } {
  const wanted = textsIn(want, '');
  const found = new Map(textsIn(got, ''));
  return { same: wanted.filter(([at, text]) => found.get(at) === text).length, all: wanted.length };
}

function unlike(a: Seen, b: Seen, at: string): readonly string[] {
  if (isDict(a) && isDict(b)) {
    const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])].sort();
    return keys.flatMap((key) => unlike(a[key] ?? null, b[key] ?? null, `${at}.${key}`));
  }
  if (isList(a) && isList(b) && a.length === b.length)
    return a.flatMap((item, index) => unlike(item, b[index] ?? null, `${at}[${index}]`));
  if (a === '<text>' && typeof b === 'string' && b !== '') return [];
  return a === b ? [] : [`${at}: wanted ${show(a)}, got ${show(b)}`];
}

function withoutTexts(value: Seen): Seen {
  if (isList(value)) return value.map(withoutTexts);
  if (typeof value === 'string') return MESSAGE.test(value) ? '<text>' : value;
  if (!isDict(value)) return value;
  const kept = Object.entries(value).filter(([key]) => key !== 'text' && key !== 'fault');
  return Object.fromEntries(kept.map(([key, item]) => [key, withoutTexts(item)]));
}

function textsIn(value: Seen, at: string): readonly (readonly [string, Seen])[] {
  if (isList(value)) return value.flatMap((item, index) => textsIn(item, `${at}[${index}]`));
  if (typeof value === 'string') return MESSAGE.test(value) ? [[at, value]] : [];
  if (!isDict(value)) return [];
  return Object.entries(value).flatMap(([key, item]): readonly (readonly [string, Seen])[] =>
    key === 'text' || key === 'fault' ? [[`${at}.${key}`, item]] : textsIn(item, `${at}.${key}`),
  );
}

export function isList(value: Seen): value is readonly Seen[] {
  return Array.isArray(value);
}

export function isDict(value: Seen): value is { readonly [key: string]: Seen } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function show(value: Seen): string {
  return JSON.stringify(value).slice(0, 300);
}
