import { expect, it } from "vitest";
import { type Lock, type LockEvent, lock, UNLOCKED } from "../src/live/lock";
import type { Mode } from "../src/live/model";

type At = [number, LockEvent];
const time = (now: number, mode: Mode = "running", sheet = false): At => [
  now,
  { name: "time", mode, sheet },
];
const touch = (now: number): At => [now, { name: "touch" }];
const unlock = (now: number): At => [now, { name: "unlock" }];
const after = (...events: At[]) =>
  events.reduce((before: Lock, [now, event]) => lock(before, event, now), UNLOCKED).locked;

it("locks after 10 s of running", () => {
  expect(after(time(0), time(9.9))).toBe(false);
  expect(after(time(0), time(10))).toBe(true);
});

it("waits 10 s from the last touch on", () => {
  expect(after(time(0), touch(8), time(12))).toBe(false);
  expect(after(time(0), touch(8), time(18))).toBe(true);
});

it("lets nothing but the unlock place open it, and locks again", () => {
  expect(after(time(0), time(10), touch(11), touch(12), time(12))).toBe(true);
  expect(after(time(0), time(10), unlock(11), time(20))).toBe(false);
  expect(after(time(0), time(10), unlock(11), time(21))).toBe(true);
});

it("opens when the runner stops, and not when data is late", () => {
  expect(after(time(0), time(10), time(12, "not live"))).toBe(true);
  expect(after(time(0), time(10), time(12, "paused"))).toBe(false);
  expect(after(time(0), time(10), time(12, "paused"), time(13), time(22))).toBe(false);
  expect(after(time(0), time(10), time(12, "paused"), time(13), time(23))).toBe(true);
});

it("gives whoever reads a sheet 30 s", () => {
  expect(after(time(0), time(29, "running", true))).toBe(false);
  expect(after(time(0), time(30, "running", true))).toBe(true);
});

it("never locks before a run", () => {
  expect(after(time(0, "ready"), touch(1), time(100, "ready"))).toBe(false);
});
