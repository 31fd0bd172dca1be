import { daysFromCivil, weekdayOf } from './civil.js';

/** The week of a date by ISO 8601: weeks start on Monday, the first one has the year's first Thursday. */
export function isoWeekOf(year: number, month: number, day: number): { readonly year: number; readonly week: number } {
  const days = daysFromCivil(year, month, day);
  for (const candidate of [year + 1, year]) {
    const start = isoYearStart(candidate);
    if (days >= start) return { year: candidate, week: Math.floor((days - start) / 7) + 1 };
  }
  return { year: year - 1, week: Math.floor((days - isoYearStart(year - 1)) / 7) + 1 };
}

/** The Monday of an ISO year's first week, in days since 1970. */
export function isoYearStart(year: number): number {
  const fourth = daysFromCivil(year, 1, 4);
  return fourth - weekdayOf(fourth);
}
