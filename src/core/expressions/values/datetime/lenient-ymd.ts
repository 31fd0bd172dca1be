import { daysInMonth } from './civil.js';

export type YmdLabel = 'Y' | 'M' | 'D';

export interface ResolvedDate {
  readonly year?: number | undefined;
  readonly month?: number | undefined;
  readonly day?: number | undefined;
}

/** The two or three numbers of a date, of which it may not be clear yet which one is what. */
export class YmdGuess {
  readonly values: number[] = [];
  /** A year of more than two digits was seen. */
  hasCentury = false;
  private readonly places = new Map<YmdLabel, number>();

  /** @returns whether it fits: a second year, or a long number where none may be, does not */
  add(part: string | number, label?: YmdLabel): boolean {
    let actual = label;
    if (typeof part === 'string' ? part.length > 2 : part > 100) {
      this.hasCentury = true;
      if (label !== undefined && label !== 'Y') return false;
      actual = 'Y';
    }
    if (actual !== undefined && this.places.has(actual)) return false;
    this.values.push(Math.trunc(Number(part)));
    if (actual !== undefined) this.places.set(actual, this.values.length - 1);
    return true;
  }

  couldBeDay(value: number): boolean {
    if (this.places.has('D') || value < 1) return false;
    const month = this.labelled('M');
    if (month === undefined) return value <= 31;
    return value <= daysInMonth(this.labelled('Y') ?? 2000, month);
  }

  /** Which number is what, month first where nothing else decides; `undefined` when there are too many. */
  resolve(): ResolvedDate | undefined {
    const count = this.values.length;
    const labels = this.places.size;
    if (count > 3) return undefined;
    if ((count === labels && count > 0) || (count === 3 && labels === 2)) return this.byLabels();
    const [first = 0, second = 0] = this.values;
    const monthPlace = this.places.get('M');
    if (count === 1 || (monthPlace !== undefined && count === 2)) return this.single(monthPlace);
    if (count === 2) {
      if (first > 31) return { year: first, month: second };
      return second > 31 ? { month: first, year: second } : { month: first, day: second };
    }
    return count === 3 ? this.three(monthPlace) : {};
  }

  private byLabels(): ResolvedDate {
    const places = new Map(this.places);
    if (this.values.length === 3 && places.size === 2) {
      const place = [0, 1, 2].find((candidate) => ![...places.values()].includes(candidate)) ?? 0;
      places.set((['Y', 'M', 'D'] as const).find((label) => !places.has(label)) ?? 'D', place);
    }
    const value = (label: YmdLabel): number | undefined => this.values[places.get(label) ?? -1];
    return { year: value('Y'), month: value('M'), day: value('D') };
  }

  private single(monthPlace: number | undefined): ResolvedDate {
    const month = monthPlace === undefined ? undefined : this.values[monthPlace];
    if (month !== undefined && this.values.length === 1) return { month };
    const other = this.values.find((_value, place) => place !== monthPlace) ?? 0;
    return other > 31 ? { month, year: other } : { month, day: other };
  }

  private three(monthPlace: number | undefined): ResolvedDate {
    const [a = 0, b = 0, c = 0] = this.values;
    switch (monthPlace) {
      case 0:
        return b > 31 ? { month: a, year: b, day: c } : { month: a, day: b, year: c };
      case 1:
        return a > 31 ? { year: a, month: b, day: c } : { day: a, month: b, year: c };
      case 2:
        return b > 31 ? { day: a, year: b, month: c } : { year: a, day: b, month: c };
      default:
        if (a > 31 || this.places.get('Y') === 0) return { year: a, month: b, day: c };
        return a > 12 ? { day: a, month: b, year: c } : { month: a, day: b, year: c };
    }
  }

  private labelled(label: YmdLabel): number | undefined {
    return this.values[this.places.get(label) ?? -1];
  }
}
