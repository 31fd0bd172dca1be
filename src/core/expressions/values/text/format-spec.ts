import { PyError } from '../../errors.js';

export type Align = '<' | '>' | '=' | '^';

/** A format specification such as `*>+#010,.3f`, taken apart. */
export interface FormatSpec {
  readonly fill: string;
  readonly align: Align | undefined;
  readonly sign: string;
  /** Show a rounded negative zero as zero. */
  readonly noNegativeZero: boolean;
  readonly alternate: boolean;
  readonly width: number;
  readonly grouping: '' | ',' | '_';
  readonly precision: number | undefined;
  /** A letter, or nothing. */
  readonly type: string;
}

const SPEC =
  /^(?:(?<fill>[^])?(?<align>[<>=^]))?(?<sign>[-+ ])?(?<z>z)?(?<alternate>#)?(?<zero>0)?(?<width>\p{Nd}+)?(?<comma>,)?(?<underscore>_)?(?<point>\.)?(?<precision>\p{Nd}+)?(?<type>[^]*)$/u;
const MAX_COUNT = 2_147_483_647;

/** @param typeName  of the value, for messages. @throws {PyError} ValueError */
export function parseFormatSpec(text: string, typeName: string): FormatSpec {
  const groups = SPEC.exec(text)?.groups ?? {};
  const type = groups.type ?? '';
  if (groups.comma !== undefined && (groups.underscore !== undefined || type.startsWith(','))) {
    throw new PyError('ValueError', "Cannot specify both ',' and '_'.");
  }
  if (groups.point !== undefined && groups.precision === undefined) {
    throw new PyError('ValueError', 'Format specifier missing precision');
  }
  if (groups.point === undefined && groups.precision !== undefined) throw invalid(text, typeName);
  if (Array.from(type).length > 1) throw invalid(text, typeName);
  const grouping = groups.comma !== undefined ? ',' : groups.underscore !== undefined ? '_' : '';
  const letter = type === '' && typeName === 'str' ? 's' : type;
  if (grouping !== '' && !'deEfFgG%'.includes(letter) && !(grouping === '_' && 'boxX'.includes(letter))) {
    throw new PyError('ValueError', `Cannot specify '${grouping}' with '${letter}'.`);
  }
  const isZeroPadded = groups.zero !== undefined;
  return {
    fill: groups.fill ?? (isZeroPadded ? '0' : ' '),
    align: (groups.align as Align | undefined) ?? (isZeroPadded && typeName !== 'str' ? '=' : undefined),
    sign: groups.sign ?? '',
    noNegativeZero: groups.z !== undefined,
    alternate: groups.alternate !== undefined,
    width: countOf(groups.width) ?? 0,
    grouping,
    precision: countOf(groups.precision),
    type,
  };
}

/** The error for a type letter that the value doesn't know. */
export function unknownType(spec: FormatSpec, typeName: string): PyError {
  return new PyError('ValueError', `Unknown format code '${spec.type}' for object of type '${typeName}'`);
}

function invalid(text: string, typeName: string): PyError {
  return new PyError('ValueError', `Invalid format specifier '${text}' for object of type '${typeName}'`);
}

function countOf(digits: string | undefined): number | undefined {
  if (digits === undefined) return undefined;
  const count = Number(digits);
  if (!(count <= MAX_COUNT)) throw new PyError('ValueError', 'Too many decimal digits in format string');
  return count;
}
