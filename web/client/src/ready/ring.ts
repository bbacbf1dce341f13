// The ring around the soles: five parts, one for each second of standing still. Pure.

const RADIUS = 262;
const PARTS = 5;
const GAP_DEG = 7;

/** One path of all five parts, clockwise from the top. */
export function ringOfFive(): string {
  return Array.from({ length: PARTS }, (_, i) => part((360 / PARTS) * i, 360 / PARTS)).join("");
}

function part(from_deg: number, span_deg: number): string {
  const start = point(from_deg + GAP_DEG / 2);
  const end = point(from_deg + span_deg - GAP_DEG / 2);
  return `M${start}A${RADIUS} ${RADIUS} 0 0 1 ${end}`;
}

function point(clockwise_deg: number): string {
  const at = ((clockwise_deg - 90) * Math.PI) / 180;
  return `${(RADIUS * Math.cos(at)).toFixed(1)} ${(RADIUS * Math.sin(at)).toFixed(1)}`;
}
