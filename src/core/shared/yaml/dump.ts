import { dictEntries, isDict } from '../dict.js';
import { floatRepr } from '../float-text.js';
import { compareCodePoints } from '../json-writer.js';
import type { Json } from '../py-dict.js';
import { PyFloat } from '../py-float.js';
import { analyzeText } from './analyze-text.js';
import { LineWriter } from './line-writer.js';
import { YAML_TAG } from './nodes.js';
import { resolvePlain } from './resolve.js';
import { YamlTimestamp } from './timestamp.js';
import { writeDoubleQuoted, writePlain, writeSingleQuoted, type TextLayout } from './write-text.js';

/**
 * YAML text in block style with sorted keys and in ASCII, as PyYAML's safe dumper writes it (but never with anchors).
 * @param value  JSON, with {@link YamlTimestamp}s where dates shall stand
 */
export function dumpYaml(value: Json): string {
  return new Dumper(true).dump(value);
}

/** Like {@link dumpYaml} with the keys in their own order. */
export function dumpYamlOrdered(value: Json): string {
  return new Dumper(false).dump(value);
}

type Place = 'root' | 'sequence' | 'mapping' | 'key';

const FLOAT = `${YAML_TAG}float`;

/** Keys longer than this, tag included, are written behind a `?`. */
const LONGEST_SIMPLE_KEY = 127;
const STEP = 2;

interface Scalar {
  readonly text: string;
  readonly tag: string;
}

class Dumper {
  private readonly writer = new LineWriter();
  private isOpenEnded = false;

  constructor(private readonly sortsKeys: boolean) {}

  dump(value: Json): string {
    this.node(value, 'root', -1);
    this.writer.indentTo(0);
    return this.isOpenEnded ? `${this.writer.text}...\n` : this.writer.text;
  }

  /** `indent` is that of the owner, -1 above the root. */
  private node(value: Json, place: Place, indent: number): void {
    if (isList(value)) this.sequence(value, place, indent);
    else if (isDict(value)) this.mapping(dictEntries(value), indent);
    else this.scalar(scalarOf(value), place, indent);
  }

  private sequence(items: readonly Json[], place: Place, indent: number): void {
    if (items.length === 0) {
      this.writer.indicator('[', true);
      this.writer.indicator(']', false);
      return;
    }
    const isIndentless = place === 'mapping' && !this.writer.isIndention;
    const own = isIndentless ? indent : indent < 0 ? 0 : indent + STEP;
    for (const item of items) {
      this.writer.indentTo(own);
      this.writer.indicator('-', true, true);
      this.node(item, 'sequence', own);
    }
  }

  private mapping(entries: readonly (readonly [Json, Json])[], indent: number): void {
    if (entries.length === 0) {
      this.writer.indicator('{', true);
      this.writer.indicator('}', false);
      return;
    }
    const own = indent < 0 ? 0 : indent + STEP;
    for (const [key, value] of this.sortsKeys ? sorted(entries) : entries) {
      this.writer.indentTo(own);
      if (isSimpleKey(key)) {
        this.node(key, 'key', own);
        this.writer.indicator(':', false);
      } else {
        this.writer.indicator('?', true, true);
        this.node(key, 'mapping', own);
        this.writer.indentTo(own);
        this.writer.indicator(':', true, true);
      }
      this.node(value, 'mapping', own);
    }
  }

  private scalar({ text, tag }: Scalar, place: Place, indent: number): void {
    const { isMultiline, allowsPlain, allowsSingleQuotes } = analyzeText(text);
    const isKey = place === 'key';
    const layout: TextLayout = { indent: indent < 0 ? STEP : indent + STEP, mayBreak: !isKey };
    const isPlain = resolvePlain(text) === tag && allowsPlain && !(isKey && text === '');
    this.isOpenEnded = isPlain && place === 'root';
    if (isPlain) writePlain(this.writer, text, layout);
    else if (allowsSingleQuotes && !(isKey && isMultiline)) writeSingleQuoted(this.writer, text, layout);
    else writeDoubleQuoted(this.writer, text, layout);
  }
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

function scalarOf(value: Exclude<Json, readonly Json[]>): Scalar {
  if (typeof value === 'string') return { text: value, tag: `${YAML_TAG}str` };
  if (value === null) return { text: 'null', tag: `${YAML_TAG}null` };
  if (typeof value === 'boolean') return { text: String(value), tag: `${YAML_TAG}bool` };
  if (isTimestamp(value)) return { text: value.toText().replace('T', ' '), tag: `${YAML_TAG}timestamp` };
  if (value instanceof PyFloat) return { text: floatText(value.value), tag: FLOAT };
  if (typeof value === 'number' && !Number.isSafeInteger(value)) return { text: floatText(value), tag: FLOAT };
  if (typeof value === 'number' || typeof value === 'bigint') return { text: String(value), tag: `${YAML_TAG}int` };
  throw new TypeError('only a scalar can be written as one');
}

/** A float that reads back as a float: `1.0e+16`, `.inf`. */
function floatText(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? '.nan' : value > 0 ? '.inf' : '-.inf';
  const text = floatRepr(value);
  return text.includes('.') ? text : text.replace('e', '.0e');
}

function isSimpleKey(key: Json): boolean {
  if (isList(key)) return key.length === 0;
  if (isDict(key)) return dictEntries(key).length === 0;
  const { text, tag } = scalarOf(key);
  const length = Array.from(text).length + tag.length - YAML_TAG.length + 2;
  return text !== '' && length <= LONGEST_SIMPLE_KEY && !analyzeText(text).isMultiline;
}

/** By key, unless the keys are of kinds that Python can't compare. */
function sorted(entries: readonly (readonly [Json, Json])[]): readonly (readonly [Json, Json])[] {
  if (entries.every(isNamed)) return [...entries].sort(([a], [b]) => compareCodePoints(a, b));
  const isNumber = ([key]: readonly [Json, Json]): boolean =>
    typeof key !== 'string' && key !== null && !isList(key) && !isDict(key);
  return entries.every(isNumber) ? [...entries].sort(([a], [b]) => Number(a) - Number(b)) : entries;
}

function isNamed(entry: readonly [Json, Json]): entry is readonly [string, Json] {
  return typeof entry[0] === 'string';
}

function isTimestamp(value: unknown): value is YamlTimestamp {
  return value instanceof YamlTimestamp;
}
