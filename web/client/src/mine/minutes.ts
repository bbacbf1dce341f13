// Two runs side by side: means of each minute, on one axis. Pure.

type Column = (number | string | null)[];

/** Mean of each whole minute of the run; null where nothing is known of it. */
export function perMinute(t_s: Column, values: Column): (number | null)[] {
  const sums: { sum: number; n: number }[] = [];
  values.forEach((value, i) => {
    if (typeof value !== "number") return;
    const minute = Math.floor(Number(t_s[i]) / 60);
    const { sum, n } = sums[minute] ?? { sum: 0, n: 0 };
    sums[minute] = { sum: sum + value, n: n + 1 };
  });
  return Array.from(sums, (each) => (each ? each.sum / each.n : null));
}

/** Both made as long as the longer one. */
export function padded<T>(one: T[], other: T[]): [(T | null)[], (T | null)[]] {
  const length = Math.max(one.length, other.length);
  const fill = (each: T[]) => Array.from({ length }, (_, i) => each[i] ?? null);
  return [fill(one), fill(other)];
}

const SAME_SPEED = 0.02;

export function sameSpeed(one: number | null, other: number | null): boolean {
  if (one === null || other === null) return one === other;
  return Math.abs(one - other) <= SAME_SPEED * one;
}
