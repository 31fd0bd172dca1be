import type { Budget } from '../budget.js';
import type { Align, FormatSpec } from './format-spec.js';
import { textLength } from './text.js';

/** Fills a text up to a width in code points. */
export function padText(text: string, width: number, fill: string, align: Align, budget: Budget): string {
  const missing = width - textLength(text);
  if (missing <= 0) return text;
  budget.output(missing);
  if (align === '<') return text + fill.repeat(missing);
  if (align !== '^') return fill.repeat(missing) + text;
  const left = Math.floor(missing / 2);
  return fill.repeat(left) + text + fill.repeat(missing - left);
}

/** A number in the parts between which padding and grouping go. */
export interface NumberParts {
  readonly sign: string;
  readonly prefix: string;
  /** Before the point. */
  readonly digits: string;
  /** From the point on. */
  readonly rest: string;
  readonly groupSize: number;
}

export function padNumber(parts: NumberParts, spec: FormatSpec, budget: Budget): string {
  const { sign, prefix, rest } = parts;
  const align = spec.align ?? '>';
  const start = sign + prefix;
  budget.output(spec.width);
  if (align === '=' && spec.fill === '0' && spec.grouping !== '' && parts.digits !== '') {
    const room = spec.width - start.length - rest.length;
    return start + groupDigits(zeroFilled(parts.digits, parts.groupSize, room), parts.groupSize, spec.grouping) + rest;
  }
  const body = groupDigits(parts.digits, parts.groupSize, spec.grouping) + rest;
  if (align !== '=') return padText(start + body, spec.width, spec.fill, align, budget);
  return start + padText(body, spec.width - start.length, spec.fill, '>', budget);
}

/** Zeros are grouped like digits, and a group mark never comes first. */
function zeroFilled(digits: string, groupSize: number, room: number): string {
  const groups = Math.floor(room / (groupSize + 1));
  const remainder = room - groups * (groupSize + 1);
  return digits.padStart(groups * groupSize + Math.max(remainder, room > 0 && remainder === 0 ? 1 : 0), '0');
}

function groupDigits(digits: string, size: number, mark: string): string {
  if (mark === '' || digits.length <= size) return digits;
  const first = digits.length % size;
  const groups = first === 0 ? [] : [digits.slice(0, first)];
  for (let i = first; i < digits.length; i += size) groups.push(digits.slice(i, i + size));
  return groups.join(mark);
}
