import { describe, expect, it } from "vitest";
import { louderSince, shareUnder } from "../src/done/counting";
import { areaAbove, band, pathOf, shades, ticks } from "../src/done/course";
import { dark } from "../src/done/modules";
import { scaleOf } from "../src/done/scale";
import { best, toWorkOn } from "../src/done/sentences";
import { text } from "../src/strings";
import { practice, session, steps } from "./after";

const LINE = 60;

describe("counting", () => {
  it("takes the steps after the first minute that lie under the line", () => {
    expect(
      shareUnder(
        steps(4, () => 55),
        "left",
        LINE,
      ),
    ).toBe(1);
    expect(
      shareUnder(
        steps(4, (minute) => (minute < 2 ? 70 : 55)),
        "left",
        LINE,
      ),
    ).toBeCloseTo(2 / 3);
    expect(
      shareUnder(
        steps(4, (_, side) => (side === "left" ? 70 : 50)),
        "right",
        LINE,
      ),
    ).toBe(1);
  });

  it("says nothing by a handful of steps", () => {
    expect(
      shareUnder(
        steps(2, () => 55),
        "left",
        LINE,
      ),
    ).toBeNull();
  });

  it("leaves out what was minded", () => {
    const minded = { ...steps(6, (minute) => (minute === 3 ? 30 : 70)) };
    minded.minded = [{ from_s: 180, to_s: 240 }] as never;
    expect(shareUnder(minded, "left", LINE)).toBe(0);
  });

  it("finds the minute since which a foot stays louder", () => {
    const from = (first: number, pct: number) =>
      steps(9, (minute) => (minute >= first ? LINE * (1 + pct / 100) : LINE));
    expect(louderSince(from(6, 12), "left", LINE)).toBe(6);
    expect(louderSince(from(6, 3), "left", LINE)).toBeNull();
    expect(louderSince(from(8, 12), "left", LINE)).toBeNull(); // one minute is no trend
    expect(louderSince(from(1, 12), "left", LINE)).toBeNull(); // louder than its line all along
  });
});

describe("the two sentences", () => {
  const told = (of: object = {}) => ({
    run: session(),
    practice: practice(null),
    steps: steps(9, () => LINE),
    line: LINE,
    ...of,
  });

  it("tell the focus first", () => {
    expect(best(told({ practice: practice("better") }))).toBe("It went better.");
    expect(toWorkOn(told({ practice: practice("worse") }))).toBe("It went worse.");
  });

  it("do not praise noise", () => {
    const plain = text.after.ranAt("12:47", "166");
    expect(best(told())).toBe(plain);
    expect(best(told({ practice: practice("same") }))).toBe(plain);
    expect(best(told({ line: null }))).toBe(plain);
    expect(
      best(told({ line: null, run: session({ all: { ...session().all, cadence_spm: null } }) })),
    ).toBe(text.after.ran("12:47"));
  });

  it("tell the foot that stayed under its line, or both", () => {
    const left = steps(9, (_, side) => (side === "left" ? 50 : LINE));
    expect(best(told({ steps: left }))).toBe(text.after.under("left", 10));
    expect(best(told({ steps: steps(9, () => 50) }))).toBe(text.after.bothUnder(10));
  });

  it("tell what got louder, what landed hard all along, else what is next", () => {
    const late = steps(9, (minute, side) => (side === "right" && minute >= 6 ? 70 : 58));
    expect(toWorkOn(told({ steps: late }))).toBe(text.after.louder("right", 6));
    expect(toWorkOn(told({ steps: steps(9, (minute) => (minute >= 6 ? 70 : 58)) }))).toBe(
      text.after.bothLouder(6),
    );
    expect(toWorkOn(told({ steps: steps(9, () => 70) }))).toBe(text.after.bothOver(10));
    const right = steps(9, (_, side) => (side === "right" ? 70 : 58));
    expect(toWorkOn(told({ steps: right }))).toBe(text.after.over("right", 10));
    expect(toWorkOn(told())).toBe("Land close. One skill at a time.");
    const nothing = { came: [], suggestion: null };
    expect(toWorkOn(told({ practice: nothing }))).toBe(text.after.nothing);
  });
});

describe("the result's line", () => {
  it("puts the change beside the baseline within its noise", () => {
    const softer = scaleOf(-14, 4);
    expect(softer.from).toBeLessThan(softer.change);
    expect(softer.change).toBeLessThan(softer.to);
    expect(softer.to).toBeLessThan(softer.baseline);
    const farther = scaleOf(14, 4);
    expect(farther.baseline).toBeLessThan(farther.from);
  });

  it("shows a change inside its noise across the baseline, and stays in the drawing", () => {
    for (const [change, noise] of [
      [-1, 4],
      [2, 9],
      [0, 0],
      [-300, 200],
    ] as const) {
      const at = scaleOf(change, noise);
      for (const x of Object.values(at)) {
        expect(x).toBeGreaterThanOrEqual(20);
        expect(x).toBeLessThanOrEqual(400);
      }
      if (noise > Math.abs(change)) expect(at.to).toBeGreaterThanOrEqual(at.baseline);
    }
  });
});

describe("the picture", () => {
  const minutes = [0, 1, 2, 3, 4];
  const of = band([[50, 60, 70]], 100, 50, 5, 60);

  it("holds every value, and does not blow up noise", () => {
    expect(of).toMatchObject({ value: 60, reach: 10 });
    expect(band([[60, 61]], 100, 50, 5).reach).toBe(5);
    expect(band([[null]], 100, 50, 5)).toMatchObject({ value: 0, reach: 5 });
  });

  it("breaks where nothing is known", () => {
    expect(pathOf(minutes, [60, 70, null, 50, 60], of)).toBe(
      "M0.0 100.0L200.0 50.0M600.0 150.0L800.0 100.0",
    );
  });

  it("fills only what lies above the line", () => {
    expect(areaAbove([0, 1, 2], [50, 70, 50], of)).toBe(
      "M0.0 100L0.0 100.0L400.0 50.0L800.0 100.0L800.0 100Z",
    );
  });

  it("draws no more points than can be seen, and never a point without a value", () => {
    const long = Array.from({ length: 5000 }, (_, i) => i / 180);
    const path = pathOf(
      long,
      long.map(() => 60),
      of,
    );
    expect(path.split(/[ML]/).length).toBeLessThan(270);
  });

  it("shades what was minded, and names few minutes", () => {
    expect(shades(minutes, [{ from_s: 60, to_s: 120 }])).toEqual([{ x: 200, width: 200 }]);
    expect(shades(minutes, [{ from_s: 180, to_s: 999 }])).toEqual([{ x: 600, width: 200 }]);
    expect(ticks(minutes)).toEqual([0, 1, 2, 3, 4]);
    expect(ticks([0, 12.7])).toEqual([0, 3, 6, 9, 12]);
    expect(ticks([0, 200]).length).toBeLessThanOrEqual(6);
  });
});

it("draws each run of dark modules as one rectangle", () => {
  expect(dark(["1101", "0000", "0111"])).toEqual([
    { x: 0, y: 0, width: 2 },
    { x: 3, y: 0, width: 1 },
    { x: 1, y: 2, width: 3 },
  ]);
});
