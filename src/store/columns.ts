import { parseJson, storedJson } from '../core/shared/index.js';
import { JsonText } from './json-text.js';

/**
 * How a property is stored. `json` is text in Python's style, where JSON's null is the text `null`; `json?` has SQL's NULL
 * for null; `instant` is microseconds here and timestamptz there.
 */
export type ColumnKind = 'text' | 'json' | 'json?' | 'int' | 'bool' | 'float' | 'instant';

/** `fixed` columns are written once; `kept` ones only replace the stored value when the new row brings one. */
export type ColumnChange = 'fixed' | 'changes' | 'kept';

export interface Column {
  readonly column: string;
  readonly property: string;
  readonly kind: ColumnKind;
  readonly change: ColumnChange;
}

/** `{ createdAt: ['instant'], state: ['text', 'changes'] }` as columns `created_at` and `state`. */
export type ColumnMap<Row> = Readonly<Record<keyof Row & string, readonly [ColumnKind, ColumnChange?, string?]>>;

export function columnsOf<Row>(map: ColumnMap<Row>): readonly Column[] {
  const entries = Object.entries<readonly [ColumnKind, ColumnChange?, string?]>(map);
  return entries.map(([property, [kind, change = 'fixed', column = snakeCase(property)]]) => ({
    column,
    property,
    kind,
    change,
  }));
}

const TYPES: Readonly<Record<ColumnKind, string>> = {
  text: 'text',
  json: 'text',
  'json?': 'text',
  int: 'integer',
  bool: 'boolean',
  float: 'double precision',
  instant: 'double precision',
};

/** `id text, created_at double precision`: the shape of a record in the JSON that is sent. */
export function recordShape(columns: readonly Column[]): string {
  return columns.map(({ column, kind }) => `${column} ${TYPES[kind]}`).join(', ');
}

/** The stored value of a column of record `u`. */
export function recordValue({ column, kind }: Column, record = 'u'): string {
  return kind === 'instant' ? `to_timestamp(${record}.${column} / 1000000.0::float8)` : `${record}.${column}`;
}

/** `t.id AS "id", … AS "createdAt"`: a stored row under the names of its properties. */
export function selectList(columns: readonly Column[], table: string): string {
  return columns.map((column) => `${selectValue(column, table)} AS "${column.property}"`).join(', ');
}

function selectValue({ column, kind }: Column, table: string): string {
  return kind === 'instant' ? microseconds(`${table}.${column}`) : `${table}.${column}`;
}

/** SQL for a timestamp as a number of microseconds. */
export function microseconds(value: string): string {
  return `(extract(epoch FROM ${value}) * 1000000)::float8`;
}

/** A row as a record to send; `skip` leaves out what stays as it is. */
export function encodeRow(columns: readonly Column[], row: object, skip?: (column: Column) => boolean): object {
  const record: Record<string, unknown> = {};
  for (const column of columns) {
    if (skip?.(column) === true) continue;
    record[column.column] = encodeValue(column.kind, (row as Readonly<Record<string, unknown>>)[column.property]);
  }
  return record;
}

function encodeValue(kind: ColumnKind, value: unknown): unknown {
  if (value instanceof JsonText) return value.text;
  if (kind === 'json') return storedJson(value ?? null);
  if (value === null || value === undefined) return null;
  if (kind === 'json?') return storedJson(value);
  return kind === 'text' ? storableText(value as string) : value;
}

const UNSTORABLE = /\0|\p{Surrogate}/u;
const EACH_UNSTORABLE = /\0|\p{Surrogate}/gu;

/** PostgreSQL stores neither NUL nor half a character: the one goes, the other becomes U+FFFD. */
export function storableText(text: string): string {
  if (!UNSTORABLE.test(text)) return text;
  return text.replace(EACH_UNSTORABLE, (unit) => (unit === '\0' ? '' : '\uFFFD'));
}

/** Turns the JSON texts of a selected row into values; the row is changed in place. */
export function decodeRow<Row>(columns: readonly Column[], row: object): Row {
  const values = row as Record<string, unknown>;
  for (const { property, kind } of columns) {
    if (kind === 'json' || kind === 'json?') values[property] = decodeJson(values[property]);
  }
  return row as Row;
}

function decodeJson(text: unknown): unknown {
  if (text === '{}') return {};
  return typeof text === 'string' ? parseJson(text, { allowNaN: true }) : null;
}

function snakeCase(property: string): string {
  return property.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
