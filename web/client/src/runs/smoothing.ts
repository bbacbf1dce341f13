// From single steps to lines that can be read: means of the last steps, a foot at a time.

export const WINDOW = 25;
const PAUSE_S = 10;

type Column = (number | string | null)[];
type Line = (number | null)[];

/** Mean of the last 25 known values of one side at each step; null before the first. */
export function footMeans(t_s: Column, side: Column, values: Column, want: string | null): Line {
  let recent: number[] = [];
  return values.map((value, i) => {
    const pause = followsPause(t_s, i);
    if (pause) recent = [];
    const mine = want === null || side[i] === want;
    if (mine && typeof value === "number") recent = [...recent, value].slice(-WINDOW);
    return recent.length && !pause ? mean(recent) : null;
  });
}

/** Left share of both, in %; null where one of them is not known. */
export function leftShare(left: Line, right: Line): Line {
  return left.map((l, i) => {
    const r = right[i] ?? null;
    return l === null || r === null ? null : (100 * l) / (l + r);
  });
}

/** After a pause the lines begin again, with a gap between. */
function followsPause(t_s: Column, i: number): boolean {
  return i > 0 && Number(t_s[i]) - Number(t_s[i - 1]) > PAUSE_S;
}

/** The last value that is known. */
export function lastKnown(line: Line): number | null {
  return line.reduce((last, value) => value ?? last, null);
}

function mean(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
