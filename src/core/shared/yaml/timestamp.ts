/** A date, or a date with a time, as YAML 1.1 writes them: `2020-01-31`, `2020-01-31 12:00:00.5 +02:00`. */
export class YamlTimestamp {
  constructor(
    readonly year: number,
    readonly month: number,
    readonly day: number,
    /** `undefined` for a plain date. */
    readonly time: YamlTime | undefined,
  ) {}

  /** As Python's `isoformat()`: `2020-01-31`, `2020-01-31T12:00:00.500000+02:00`. */
  toText(): string {
    const date = `${String(this.year).padStart(4, '0')}-${two(this.month)}-${two(this.day)}`;
    return this.time === undefined ? date : `${date}T${timeText(this.time)}`;
  }

  toJSON(): string {
    return this.toText();
  }
}

export interface YamlTime {
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly microsecond: number;
  /** `undefined` without a time zone. */
  readonly offsetMinutes: number | undefined;
}

const PATTERN =
  /^(\d{4})-(\d\d?)-(\d\d?)(?:(?:[Tt]|[ \t]+)(\d\d?):(\d\d):(\d\d)(?:\.(\d*))?(?:[ \t]*(Z|([-+])(\d\d?)(?::(\d\d))?))?)?$/;

/** Reads a timestamp; `undefined` when it is none or names a day or time that does not exist. */
export function parseTimestamp(text: string): YamlTimestamp | undefined {
  const found = PATTERN.exec(text);
  if (found === null) return undefined;
  const number = (group: number): number => Number(found[group] ?? 0);
  const date = new YamlTimestamp(number(1), number(2), number(3), timeOf(found, number));
  return isReal(date) ? date : undefined;
}

function timeOf(found: RegExpExecArray, number: (group: number) => number): YamlTime | undefined {
  if (found[4] === undefined) return undefined;
  const microsecond = Number((found[7] ?? '').slice(0, 6).padEnd(6, '0'));
  const size = number(10) * 60 + number(11);
  const signed = found[9] === '-' ? -size : size;
  const offsetMinutes = found[8] === undefined ? undefined : signed;
  return { hour: number(4), minute: number(5), second: number(6), microsecond, offsetMinutes };
}

function isReal({ year, month, day, time }: YamlTimestamp): boolean {
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const longest = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
  const isDay = year >= 1 && day >= 1 && day <= longest;
  return isDay && (time === undefined || (time.hour < 24 && time.minute < 60 && time.second < 60));
}

function timeText(time: YamlTime): string {
  const fraction = time.microsecond === 0 ? '' : `.${String(time.microsecond).padStart(6, '0')}`;
  const clock = `${two(time.hour)}:${two(time.minute)}:${two(time.second)}${fraction}`;
  if (time.offsetMinutes === undefined) return clock;
  const size = Math.abs(time.offsetMinutes);
  return `${clock}${time.offsetMinutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
