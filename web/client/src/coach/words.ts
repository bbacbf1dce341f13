// Every word of the coach's wall.
import { text } from "../strings";

export const words = {
  name: text.name,
  skill: text.skill,
  left: text.left,
  right: text.right,
  title: "Every treadmill",
  counts: (all: number, running: number, calls: number) => {
    const treadmills = all === 1 ? "1 treadmill" : `${all} treadmills`;
    const need = calls === 0 ? "" : calls === 1 ? ", 1 needs you" : `, ${calls} need you`;
    return `${treadmills}, ${running} running${need}`;
  },
  search: "Search",
  table: "CSV",
  tableName: "treadmills.csv",
  none: "No treadmill has been heard of yet.",
  noneFound: "No treadmill is called that.",
  guest: "guest",
  free: "free",
  offline: "off",
  done: "done",
  paused: "paused",
  walking: "walking",
  running: "running",
  notLive: "not live",
  noFocus: "no focus",
  loud: (side: "left" | "right") => `${side} loud`,
  loudFor: (side: string, seconds: number) =>
    `${side === "left" ? "Left" : "Right"} foot loud for ${seconds} s`,
  sensor: {
    lost: (name: string) => `${name} lost`,
    broken: (name: string) => `${name} not understood`,
    stale: (name: string) => `${name} late`,
  },
  disk: { full: "disk full", failing: "disk failing" },
  seconds: (seconds: number) => `${seconds} s`,
  number: {
    left: "% left",
    right: "% right",
    plainLeft: "BW/s left",
    plainRight: "BW/s right",
    cadence: "steps a min",
    balance: "balance",
  },
  spoken: { needs: "needs you" },
  close: "Close",
  cue: "Cue",
  send: "Send cue",
  other: "Other cue",
  cues: {
    left: "Quieter on the left. Let the foot come down under you.",
    right: "Quieter on the right. Let the foot come down under you.",
    straight: "Let arms and legs swing straight ahead.",
    tall: "Run tall. Lead with your hips.",
    soft: "Let the foot come down quietly.",
    close: "Land closer under you.",
    push: "Push the ground away behind you.",
    well: "Just like that.",
  },
  sent: (cue: string) => `Last: “${cue}” Sent.`,
  shown: (cue: string, seconds: number, at: string) =>
    `Last: “${cue}” Seen after ${seconds} s, at ${at}.`,
  refused: (cue: string, why: string) => `Last: “${cue}” Refused: ${why}.`,
  expired: (cue: string) => `Last: “${cue}” No screen showed it.`,
  silent: (cue: string) => `Last: “${cue}” No answer came.`,
  noWhy: "no reason given",
  note: "Note on this run",
  keep: "Keep note",
  kept: {
    here: "Kept in this browser, and in the CSV.",
    store: "Kept with the run.",
  },
  link: {
    opening: "Connecting to the broker",
    away: "The broker cannot be reached.",
    relayed: "relayed by this treadmill",
  },
  login: {
    title: "The broker asks who you are",
    user: "Name",
    password: "Password",
    enter: "Log in",
    refused: "The broker does not know this name with this password.",
    relay: "Without: relayed by this treadmill",
  },
  pair: {
    title: "Pair this screen as a coach's",
    how: "Type softshoe pair --scope coach on the treadmill's computer. It shows six digits.",
  },
};
