/** The value below which a share of the samples lies, e.g. `percentile(times, 0.95)`; 0 when there are none. */
export function percentile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

/** @returns `{ count, p50, p95, p99, max }` in milliseconds */
export function figuresOf(values) {
  const [p50, p95, p99] = [0.5, 0.95, 0.99].map((share) => percentile(values, share));
  return { count: values.length, p50, p95, p99, max: values.reduce((most, value) => Math.max(most, value), 0) };
}

export const shownMs = (value) => (value < 10_000 ? `${Math.round(value)}` : `${(value / 1000).toFixed(1)} s`);
