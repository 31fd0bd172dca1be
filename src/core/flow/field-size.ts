import { dictEntries, isDict, type Json, StateError, storedJson, stringifyJson } from '../shared/index.js';
import { pyStr } from '../expressions/index.js';
import type { FlowScope } from './scope.js';

/** The part of a decision's scope that knows the limit. */
interface Limited {
  readonly scope: FlowScope;
}

/** Refuses values over the limit with the original's text, whose class part is always TaskExecution. @throws StateError */
export function assertSize({ scope }: Limited, field: string, value: Json): void {
  const limitKb = scope.settings.fieldSizeLimitKb;
  if (limitKb < 0 || roughSize(value, limitKb * 1024) < limitKb * 512) return;
  const sizeKb = sizeKbOf(value);
  if (sizeKb > limitKb)
    throw new StateError(
      `Field size limit exceeded [class=TaskExecution, field=${field}, size=${sizeKb}KB, limit=${limitKb}KB]`,
    );
}

/** An error or the like, which must not be lost for its size: as text it is cut to fit, with `...` for what is missing. */
export function cutToFit({ scope }: Limited, value: Json): Json {
  const limitKb = scope.settings.fieldSizeLimitKb;
  const isFitting = (part: Json): boolean => limitKb < 0 || sizeKbOf({ result: part }) <= limitKb;
  if (isFitting(value)) return value;
  const text = isDict(value) ? stringifyJson(value, { style: 'python' }) : pyStr(value);
  let length = Math.min(text.length, limitKb * 1024);
  const cut = (): string => `${text.slice(0, length)}...`;
  // Quotes and the like take more characters in JSON than they are.
  while (length > 0 && !isFitting(cut())) length = Math.floor(length * 0.9);
  return cut();
}

function sizeKbOf(value: Json): number {
  return Math.floor((storedJson(value).length + 49) / 1024);
}

/** Characters of the JSON text, roughly; stops counting at `enough`. */
function roughSize(value: Json, enough: number): number {
  if (typeof value === 'string') return value.length + 2;
  if (typeof value !== 'object' || value === null) return 8;
  if (Array.isArray(value)) return roughListSize(value as readonly Json[], enough);
  let size = 2;
  for (const [key, item] of isDict(value) ? dictEntries(value) : []) {
    size += (typeof key === 'string' ? key.length : 8) + 4 + roughSize(item, enough - size);
    if (size > enough) return size;
  }
  return isDict(value) ? size : 24;
}

function roughListSize(items: readonly Json[], enough: number): number {
  let size = 2;
  for (const item of items) {
    size += 9 + roughSize(item, enough - size);
    if (size > enough) return size;
  }
  return size;
}
