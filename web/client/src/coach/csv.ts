// All tiles as a table that a spreadsheet opens. Pure.
import type { Gym } from "./treadmills";
import { callOf, inOrder, lookOf, pct, whoOf } from "./view";

const HEADING = [
  "device",
  "who",
  "state",
  "skill",
  "session",
  "running_s",
  "steps",
  "cadence_spm",
  "left_pct",
  "right_pct",
  "line_valr_bw_s",
  "balance_pct",
  "needs",
  "note",
];

type Cell = string | number | null | undefined;

/** Empty for what is not known, and for what is not live. Notes by session. */
export function table(gym: Gym, notes: Record<string, string>, now_ms: number): string {
  const rows = [...gym.values()]
    .sort((a, b) => inOrder(a.device, b.device))
    .map((each): Cell[] => {
      const look = lookOf(each, now_ms);
      const run = look === "off" || look === "free" ? null : each.state;
      const now = look === "running" ? each.state : null;
      const line = now?.line_valr_bw_s ? now : null;
      return [
        each.device,
        whoOf(each),
        look,
        each.focus && each.focus.phase !== "over" ? each.focus.skill : null,
        run?.session,
        run?.running_s,
        run?.steps,
        now?.cadence_spm,
        line && pct(line, "left"),
        line && pct(line, "right"),
        now?.line_valr_bw_s,
        now?.balance_pct,
        callOf(each, now_ms)?.text,
        run?.session ? notes[run.session] : null,
      ];
    });
  return [HEADING, ...rows].map((cells) => `${cells.map(cell).join(",")}\r\n`).join("");
}

function cell(value: Cell): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "number") return String(Math.round(value * 1000) / 1000);
  const harmless = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value; // no formula of somebody else's
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
