import { expect, it } from "vitest";
import { footMeans, lastKnown, leftShare, WINDOW } from "../src/runs/smoothing";

it("takes the mean of the last 25 steps of one foot", () => {
  const t_s = Array.from({ length: 80 }, (_, i) => i);
  const side = t_s.map((t) => (t % 2 ? "right" : "left"));
  const line = footMeans(t_s, side, t_s, "left");
  expect(line.slice(0, 4)).toEqual([0, 0, 1, 1]);
  expect(line.at(-1)).toBe(78 - (WINDOW - 1));
});

it("begins again after a pause, with a gap between", () => {
  const line = footMeans([0, 1, 20, 21], ["left", "left", "left", "left"], [1, 3, 7, 9], "left");
  expect(line).toEqual([1, 2, null, 8]);
});

it("passes over what is not known", () => {
  expect(footMeans([0, 1, 2], [null, null, null], [null, 2, null], null)).toEqual([null, 2, 2]);
});

it("gives the left share of both", () => {
  expect(leftShare([110, null], [90, 90])).toEqual([55, null]);
  expect(lastKnown([1, 2, null])).toBe(2);
  expect(lastKnown([])).toBeNull();
});
