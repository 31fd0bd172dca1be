import { type CronField, type CronFields, LAST_DAY, lastWeekday, nthWeekday, readCronFields } from './cron-fields.js';

const DAY_SECONDS = 86_400;
/** As far as croniter looks for a time. */
const LONGEST_SEARCH_DAYS = 50 * 366;
const ANY: CronField = { values: new Set(), isAny: true };

/** Times of a cron pattern, in UTC. */
export class CronPattern {
  private readonly hours: readonly number[];
  private readonly minutes: readonly number[];
  private readonly seconds: readonly number[];

  private constructor(private readonly fields: CronFields) {
    this.hours = ascending(fields.hour);
    this.minutes = ascending(fields.minute);
    this.seconds = ascending(fields.second);
  }

  /**
   * Reads a pattern as croniter does: `minute hour day month weekday`, with seconds last where there is a sixth field.
   * Where days of the month and of the week are both named, either will do, but each of them must exist.
   * @returns undefined when it is not valid, or its time never comes
   */
  static read(pattern: string): CronPattern | undefined {
    const fields = readCronFields(pattern);
    if (fields === undefined) return undefined;
    const parts = [
      { ...fields, weekday: ANY },
      { ...fields, day: ANY },
    ].map((part) => new CronPattern(part));
    return parts.every((part) => part.next(0) !== undefined) ? new CronPattern(fields) : undefined;
  }

  /**
   * The first time after an instant; both in microseconds since 1970.
   * @returns undefined when there is none within fifty years
   */
  next(after: number): number | undefined {
    const start = Math.floor(after / 1_000_000) + 1;
    const firstDay = Math.floor(start / DAY_SECONDS);
    for (let day = firstDay; day <= firstDay + LONGEST_SEARCH_DAYS; day++) {
      if (!this.isDay(new Date(day * DAY_SECONDS * 1000))) continue;
      const time = this.timeFrom(Math.max(0, start - day * DAY_SECONDS));
      if (time !== undefined) return (day * DAY_SECONDS + time) * 1_000_000;
    }
    return undefined;
  }

  private isDay(date: Date): boolean {
    const { day, month, weekday } = this.fields;
    if (!month.values.has(date.getUTCMonth() + 1)) return false;
    if (day.isAny) return weekday.isAny || isWeekday(weekday, date);
    return isMonthDay(day, date) || (!weekday.isAny && isWeekday(weekday, date));
  }

  /** The first time of day from a second of the day on, as a second of the day. */
  private timeFrom(from: number): number | undefined {
    for (const hour of this.hours) {
      if (hour * 3600 + 3599 < from) continue;
      for (const minute of this.minutes) {
        const start = hour * 3600 + minute * 60;
        const second = this.seconds.find((one) => start + one >= from);
        if (second !== undefined) return start + second;
      }
    }
    return undefined;
  }
}

function isMonthDay({ values }: CronField, date: Date): boolean {
  const day = date.getUTCDate();
  return values.has(day) || (values.has(LAST_DAY) && day === daysInMonth(date));
}

function isWeekday({ values }: CronField, date: Date): boolean {
  const weekday = date.getUTCDay();
  if (values.has(weekday)) return true;
  const day = date.getUTCDate();
  const isLast = day + 7 > daysInMonth(date);
  return values.has(nthWeekday(weekday, Math.ceil(day / 7))) || (isLast && values.has(lastWeekday(weekday)));
}

function daysInMonth(date: Date): number {
  return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
}

function ascending({ values }: CronField): readonly number[] {
  return [...values].sort((a, b) => a - b);
}
