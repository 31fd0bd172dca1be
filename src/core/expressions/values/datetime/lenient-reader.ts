import { dateTokens } from './lenient-tokens.js';
import { YmdGuess } from './lenient-ymd.js';
import { HALVES, JUMPS, MONTH_NAMES, UNITS, UTC_NAMES, WEEKDAY_NAMES } from './lenient-words.js';

/** What a text says about a moment. */
export interface ReadMoment {
  year?: number | undefined;
  month?: number | undefined;
  day?: number | undefined;
  hour?: number;
  minute?: number;
  second?: number | undefined;
  microsecond?: number;
  /** Monday is 0. */
  weekday?: number;
  offsetSeconds?: number | undefined;
  hasCentury: boolean;
}

/** Stops the reading: the text is no date. */
class Unreadable extends Error {}

/** Reads one text; a new one for each. */
export class LenientReader {
  private readonly tokens: string[];
  private readonly ymd = new YmdGuess();
  private readonly found: ReadMoment = { hasCentury: false };
  private zone: string | undefined;

  constructor(text: string) {
    this.tokens = dateTokens(text);
  }

  /** @returns `undefined` when the text can't be understood */
  read(): ReadMoment | undefined {
    try {
      for (let at = 0; at < this.tokens.length; at++) at = this.token(at);
    } catch (error) {
      if (error instanceof Unreadable) return undefined;
      throw error;
    }
    const date = this.ymd.resolve();
    if (!date) return undefined;
    const { found } = this;
    if (this.zone !== undefined && UTC_NAMES.has(this.zone)) found.offsetSeconds = 0;
    return { ...found, ...date, hasCentury: this.ymd.hasCentury };
  }

  private token(at: number): number {
    const token = this.at(at);
    const word = token.toLowerCase();
    if (/^\d/.test(token)) return this.number(at);
    const weekday = WEEKDAY_NAMES.get(word);
    if (weekday !== undefined) {
      this.found.weekday = weekday;
      return at;
    }
    const month = MONTH_NAMES.get(word);
    if (month !== undefined) return this.monthName(month + 1, at);
    const half = HALVES.get(word);
    if (half !== undefined) {
      this.half(half);
      return at;
    }
    if (this.couldBeZone(token)) return this.zoneName(token, at);
    if (this.found.hour !== undefined && (token === '+' || token === '-')) return this.offset(token, at);
    if (!JUMPS.has(word)) throw new Unreadable();
    return at;
  }

  private number(at: number): number {
    const token = this.at(at);
    const next = this.tokens[at + 1];
    const { found, ymd } = this;
    const isHourAfterDate = ymd.values.length === 3 && [2, 4].includes(token.length) && found.hour === undefined;
    if (isHourAfterDate && next !== ':' && (next === undefined || !UNITS.has(next.toLowerCase()))) {
      return this.clockDigits(token, at);
    }
    if (token.length === 6 || (token.length > 6 && token.indexOf('.') === 6)) return this.sixDigits(token, at);
    if ([8, 12, 14].includes(token.length) && !token.includes('.')) return this.longDigits(token, at);
    const unitPlace = this.unitPlace(at);
    if (unitPlace !== undefined) return this.unit(token, at, unitPlace);
    if (next === ':' && at + 2 < this.tokens.length) return this.clock(at);
    if (next === '-' || next === '/' || next === '.') return this.separated(next, at);
    const value = Number(token);
    if (next === undefined || JUMPS.has(next.toLowerCase())) {
      const half = HALVES.get(this.tokens[at + 2]?.toLowerCase() ?? '');
      if (half === undefined) this.add(value);
      else this.hour12(value, half);
      return half === undefined ? at + 1 : at + 2;
    }
    const half = HALVES.get(next.toLowerCase());
    if (half !== undefined && value < 24) {
      this.hour12(value, half);
      return at + 1;
    }
    if (!ymd.couldBeDay(value)) throw new Unreadable();
    this.add(value);
    return at;
  }

  private clockDigits(token: string, at: number): number {
    this.found.hour = this.int(token.slice(0, 2));
    if (token.length === 4) this.found.minute = this.int(token.slice(2));
    return at;
  }

  private sixDigits(token: string, at: number): number {
    if (this.ymd.values.length === 0 && !token.includes('.')) {
      for (const start of [0, 2, 4]) this.add(token.slice(start, start + 2));
      return at;
    }
    this.found.hour = this.int(token.slice(0, 2));
    this.found.minute = this.int(token.slice(2, 4));
    this.seconds(token.slice(4));
    return at;
  }

  /** `YYYYMMDD`, then perhaps `hhmm` and `ss`. */
  private longDigits(token: string, at: number): number {
    this.add(token.slice(0, 4), 'Y');
    this.add(token.slice(4, 6));
    this.add(token.slice(6, 8));
    if (token.length > 8) {
      this.found.hour = this.int(token.slice(8, 10));
      this.found.minute = this.int(token.slice(10, 12));
    }
    if (token.length > 12) this.found.second = this.int(token.slice(12));
    return at;
  }

  /** Where the unit of a number stands: `5h`, `5 h`, and in `h 5` before it. */
  private unitPlace(at: number): number | undefined {
    const isUnit = (place: number): boolean => UNITS.has(this.tokens[place]?.toLowerCase() ?? '');
    if (isUnit(at + 1)) return at + 1;
    if (this.tokens[at + 1] === ' ' && isUnit(at + 2)) return at + 2;
    if (isUnit(at - 1)) return at - 1;
    const isLast = at > 1 && at === this.tokens.length - 1;
    return isLast && this.tokens[at - 1] === ' ' && isUnit(at - 2) ? at - 2 : undefined;
  }

  private unit(token: string, at: number, unitPlace: number): number {
    const unit = (UNITS.get(this.at(unitPlace).toLowerCase()) ?? 0) + (unitPlace < at ? 1 : 0);
    const value = Number(token);
    const rest = value % 1;
    if (unit === 0) {
      this.found.hour = Math.trunc(value);
      if (rest !== 0) this.found.minute = sixtieths(rest);
    } else if (unit === 1) this.minutes(value);
    else if (unit === 2) this.seconds(token);
    return Math.max(at, unitPlace);
  }

  private clock(at: number): number {
    this.found.hour = Math.trunc(Number(this.at(at)));
    this.minutes(this.decimal(this.at(at + 2)));
    if (this.tokens[at + 3] !== ':' || at + 4 >= this.tokens.length) return at + 2;
    this.seconds(this.at(at + 4));
    return at + 4;
  }

  /** `31-01-2020`, `31/Jan/20`, `2020.01`. */
  private separated(separator: string, at: number): number {
    this.add(this.at(at));
    const second = this.tokens[at + 2];
    if (second === undefined || JUMPS.has(second.toLowerCase())) return at + 1;
    if (/^\d+$/.test(second)) this.add(second);
    else this.addMonth(second);
    if (this.tokens[at + 3] !== separator) return at + 2;
    const third = this.at(at + 4);
    if (MONTH_NAMES.has(third.toLowerCase())) this.addMonth(third);
    else this.add(third);
    return at + 4;
  }

  private monthName(month: number, at: number): number {
    this.add(month, 'M');
    const separator = this.tokens[at + 1];
    if (separator === '-' || separator === '/') {
      this.add(this.at(at + 2));
      if (this.tokens[at + 3] !== separator) return at + 2;
      this.add(this.at(at + 4));
      return at + 4;
    }
    const isOfYear = separator === ' ' && this.tokens[at + 2]?.toLowerCase() === 'of' && this.tokens[at + 3] === ' ';
    const year = this.tokens[at + 4];
    if (!isOfYear || year === undefined) return at;
    if (/^\d+$/.test(year)) this.add(year, 'Y');
    return at + 4;
  }

  private half(half: number): void {
    const { hour } = this.found;
    if (hour === undefined || hour > 12) throw new Unreadable();
    this.hour12(hour, half);
  }

  private hour12(hour: number, half: number): void {
    const whole = Math.trunc(hour);
    this.found.hour = whole < 12 && half === 1 ? whole + 12 : whole === 12 && half === 0 ? 0 : whole;
  }

  private couldBeZone(token: string): boolean {
    if (this.found.hour === undefined || this.zone !== undefined || this.found.offsetSeconds !== undefined)
      return false;
    return token.length <= 5 && (/^[A-Z]+$/.test(token) || UTC_NAMES.has(token));
  }

  /** `GMT+3` means that it is three hours later here, unlike `+3` alone for the rest of the world. */
  private zoneName(token: string, at: number): number {
    this.zone = token;
    const sign = this.tokens[at + 1];
    if (sign === '+' || sign === '-') {
      this.tokens[at + 1] = sign === '+' ? '-' : '+';
      if (UTC_NAMES.has(token)) this.zone = undefined;
    } else if (UTC_NAMES.has(token)) this.found.offsetSeconds = 0;
    return at;
  }

  private offset(sign: string, at: number): number {
    const digits = this.at(at + 1);
    const isSplit = digits.length !== 4 && this.tokens[at + 2] === ':';
    if (!isSplit && digits.length !== 4 && digits.length > 2) throw new Unreadable();
    const hours = this.int(digits.length === 4 ? digits.slice(0, 2) : digits);
    const minutes = digits.length === 4 ? this.int(digits.slice(2)) : isSplit ? this.int(this.at(at + 3)) : 0;
    const seconds = hours * 3_600 + minutes * 60;
    this.found.offsetSeconds = sign === '+' ? seconds : 0 - seconds;
    const end = isSplit ? at + 3 : at + 1;
    const isNamed =
      JUMPS.has(this.tokens[end + 1] ?? '') && this.tokens[end + 2] === '(' && this.tokens[end + 4] === ')';
    return isNamed ? end + 4 : end;
  }

  private add(part: string | number, label?: 'Y' | 'M'): void {
    const isNumber = typeof part === 'number' || /^\d+$/.test(part);
    if (!isNumber || !this.ymd.add(part, label)) throw new Unreadable();
  }

  private addMonth(name: string): void {
    const month = MONTH_NAMES.get(name.toLowerCase());
    if (month === undefined) throw new Unreadable();
    this.add(month + 1, 'M');
  }

  private minutes(value: number): void {
    this.found.minute = Math.trunc(value);
    this.found.second = value % 1 === 0 ? undefined : sixtieths(value % 1);
  }

  private seconds(text: string): void {
    const [, whole = '', fraction = ''] = /^(\d+)(?:\.(\d*))?$/.exec(text) ?? [];
    this.found.second = this.int(whole);
    this.found.microsecond = Number(fraction.padEnd(6, '0').slice(0, 6));
  }

  private int(text: string): number {
    if (!/^\d+$/.test(text)) throw new Unreadable();
    return Number(text);
  }

  private decimal(text: string): number {
    if (!/^\d+(\.\d*)?$/.test(text)) throw new Unreadable();
    return Number(text);
  }

  private at(place: number): string {
    const token = this.tokens[place];
    if (token === undefined) throw new Unreadable();
    return token;
  }
}

/** Whole sixtieths of a decimal fraction, which a double may show a little too small. */
function sixtieths(fraction: number): number {
  return Math.floor((Math.round(fraction * 1e9) * 60) / 1e9);
}
