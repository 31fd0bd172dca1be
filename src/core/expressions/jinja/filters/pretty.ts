import { dictEntries, isDict, PyFloat } from '../../../shared/index.js';
import { compare, pyRepr, PySet, PyTuple, splitLines, textLength, type Value } from '../../values/index.js';

const WIDTH = 80;

/** Python's `pprint.pformat`: one line when it fits 80 columns, otherwise an item or key a line; keys sorted. */
export function prettyText(value: Value): string {
  return new Printer().format(value, 0, 0, 0);
}

class Printer {
  /** @param indent  column where the value starts; @param allowance  columns needed after it */
  format(value: Value, indent: number, allowance: number, level: number): string {
    const text = sortedRepr(value);
    if (textLength(text) <= WIDTH - indent - allowance) return text;
    if (typeof value === 'string') return this.formatText(value, indent, allowance, level + 1);
    if (Array.isArray(value))
      return `[${this.formatItems(value as readonly Value[], indent, allowance + 1, level + 1)}]`;
    if (value instanceof PyTuple) {
      const end = value.length === 1 ? ',)' : ')';
      return `(${this.formatItems(value.items, indent, allowance + end.length, level + 1)}${end}`;
    }
    if (value instanceof PySet)
      return `{${this.formatItems([...value].sort(safeOrder), indent, allowance + 1, level + 1)}}`;
    return isDict<Value>(value) ? `{${this.formatPairs(sortedPairs(value), indent, allowance + 1, level + 1)}}` : text;
  }

  private formatItems(items: readonly Value[], indent: number, allowance: number, level: number): string {
    const last = items.length - 1;
    const texts = items.map((item, index) => this.format(item, indent + 1, index === last ? allowance : 1, level));
    return texts.join(`,\n${' '.repeat(indent + 1)}`);
  }

  private formatPairs(pairs: readonly Pair[], indent: number, allowance: number, level: number): string {
    const last = pairs.length - 1;
    const texts = pairs.map(([key, item], index) => {
      const name = sortedRepr(key);
      const column = indent + 1 + textLength(name) + 2;
      return `${name}: ${this.format(item, column, index === last ? allowance : 1, level)}`;
    });
    return texts.join(`,\n${' '.repeat(indent + 1)}`);
  }

  /** Long text as several literals, broken after white space; in brackets when it stands alone. */
  private formatText(text: string, column: number, after: number, level: number): string {
    const isAlone = level === 1;
    const indent = isAlone ? column + 1 : column;
    const allowance = isAlone ? after + 1 : after;
    const lines = splitLines(text, true);
    const chunks = lines.flatMap((line, index) =>
      breakLine(line, WIDTH - indent, index === lines.length - 1 ? allowance : 0),
    );
    if (chunks.length === 1) return pyRepr(lines.at(-1) ?? text);
    const body = chunks.join(`\n${' '.repeat(indent)}`);
    return isAlone ? `(${body})` : body;
  }
}

/** Literals of one line; the last of the text leaves room for what follows. */
function breakLine(line: string, width: number, allowance: number): readonly string[] {
  const whole = pyRepr(line);
  if (textLength(whole) <= width - allowance) return [whole];
  const parts = (line.match(/\S*\s*/gu) ?? []).filter((part) => part !== '');
  const chunks: string[] = [];
  let current = '';
  parts.forEach((part, index) => {
    const room = index === parts.length - 1 ? width - allowance : width;
    const candidate = current + part;
    if (textLength(pyRepr(candidate)) > room) {
      if (current !== '') chunks.push(pyRepr(current));
      current = part;
    } else current = candidate;
  });
  if (current !== '') chunks.push(pyRepr(current));
  return chunks;
}

type Pair = readonly [Value, Value];

function sortedPairs(dict: Parameters<typeof dictEntries<Value>>[0]): readonly Pair[] {
  return [...dictEntries<Value>(dict)].sort(([a], [b]) => safeOrder(a, b));
}

/** Keys without an order among each other stay as they are. */
function safeOrder(a: Value, b: Value): number {
  try {
    return compare(a, b);
  } catch {
    return 0;
  }
}

/** As `repr`, with the keys of dicts sorted. */
function sortedRepr(value: Value): string {
  if (typeof value !== 'object' || value === null || value instanceof PyFloat) return pyRepr(value);
  if (Array.isArray(value)) return `[${(value as readonly Value[]).map(sortedRepr).join(', ')}]`;
  if (value instanceof PyTuple) return `(${value.items.map(sortedRepr).join(', ')}${value.length === 1 ? ',' : ''})`;
  if (!isDict<Value>(value)) return pyRepr(value);
  return `{${sortedPairs(value)
    .map(([key, item]) => `${sortedRepr(key)}: ${sortedRepr(item)}`)
    .join(', ')}}`;
}
