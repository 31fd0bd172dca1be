/** A date and time of day in the proleptic Gregorian calendar, months and days from 1. */
export interface CivilParts {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly microsecond: number;
}

export const MICROS_PER_SECOND = 1_000_000n;
export const MICROS_PER_DAY = 86_400_000_000n;
const DAYS_BEFORE_MONTH = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365];

export function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

/** @param month  1 to 12 */
export function daysInMonth(year: number, month: number): number {
  if (month === 2 && isLeapYear(year)) return 29;
  return daysBefore(month + 1) - daysBefore(month);
}

/** Days since 1970-01-01, negative before it. */
export function daysFromCivil(year: number, month: number, day: number): number {
  const before = year - 1;
  const leapDays = Math.floor(before / 4) - Math.floor(before / 100) + Math.floor(before / 400);
  return before * 365 + leapDays - 719_162 + dayOfYear(year, month, day) - 1;
}

/** 1 for the first of January. */
export function dayOfYear(year: number, month: number, day: number): number {
  return daysBefore(month) + day + (month > 2 && isLeapYear(year) ? 1 : 0);
}

/** Monday is 0. @param days  since 1970-01-01 */
export function weekdayOf(days: number): number {
  return (((days + 3) % 7) + 7) % 7;
}

/** Microseconds since 1970 of a wall clock. */
export function microsFromCivil(parts: CivilParts): bigint {
  const days = daysFromCivil(parts.year, parts.month, parts.day);
  const seconds = days * 86_400 + parts.hour * 3_600 + parts.minute * 60 + parts.second;
  return BigInt(seconds) * MICROS_PER_SECOND + BigInt(parts.microsecond);
}

/** The inverse of {@link microsFromCivil}. */
export function civilFromMicros(micros: bigint): CivilParts {
  const [seconds, microsecond] = floorSplit(micros, MICROS_PER_SECOND);
  const days = Math.floor(seconds / 86_400);
  const rest = seconds - days * 86_400;
  return {
    ...civilFromDays(days),
    hour: Math.floor(rest / 3_600),
    minute: Math.floor(rest / 60) % 60,
    second: rest % 60,
    microsecond,
  };
}

/** `[quotient, rest]` with a rest from 0. */
export function floorSplit(value: bigint, unit: bigint): [number, number] {
  const rest = ((value % unit) + unit) % unit;
  return [Number((value - rest) / unit), Number(rest)];
}

function civilFromDays(days: number): { year: number; month: number; day: number } {
  // Years that start in March put the leap day at the end; eras of 400 years all have the same length.
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1_460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const day = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * day + 2) / 153);
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: day - Math.floor((153 * marchMonth + 2) / 5) + 1,
  };
}

function daysBefore(month: number): number {
  return DAYS_BEFORE_MONTH[month - 1] ?? 0;
}
