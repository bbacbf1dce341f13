// Numbers as they are written everywhere: a true minus, an en dash for "not known".

export const UNKNOWN = "–";
const MINUS = "−";

export function whole(value: number | null): string {
  return value === null ? UNKNOWN : minus(Math.round(value).toFixed(0));
}

export function signed(value: number): string {
  const rounded = Math.round(value);
  return rounded > 0 ? `+${rounded}` : minus((rounded || 0).toFixed(0));
}

/** Left and right share of 100, which add up to 100 as written. */
export function shares(left_pct: number | null): [string, string] {
  if (left_pct === null) return [UNKNOWN, UNKNOWN];
  const left = Math.round(left_pct * 10) / 10;
  return [left.toFixed(1), (100 - left).toFixed(1)];
}

/** `12:47` up to `99:59`, then `1:42` with hours said apart. */
export function clock(seconds: number): { text: string; hours: boolean } {
  const s = Math.max(0, Math.floor(seconds));
  if (s < 6000) return { text: `${Math.floor(s / 60)}:${two(s % 60)}`, hours: false };
  return { text: `${Math.floor(s / 3600)}:${two(Math.floor(s / 60) % 60)}`, hours: true };
}

export function kilometres(metres: number | null): string {
  return metres === null ? UNKNOWN : (metres / 1000).toFixed(2);
}

/** A moment as people here write it; null while the daemon's clock was not set. */
export function date(at: string | null, locale?: string): string | null {
  if (at === null) return null;
  const style = { dateStyle: "medium", timeStyle: "short" } as const;
  return new Intl.DateTimeFormat(locale, style).format(new Date(at));
}

function two(value: number): string {
  return value.toString().padStart(2, "0");
}

function minus(text: string): string {
  return text.replace("-", MINUS);
}
