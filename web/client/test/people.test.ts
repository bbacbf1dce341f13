import { describe, expect, it } from "vitest";
import { padded, perMinute, sameSpeed } from "../src/mine/minutes";
import { marks, pairs, pathThrough } from "../src/mine/progress";
import { CODE, digits, initials, isWhole, PIN, pressDigit, tiles } from "../src/people/pin";
import { ringOfFive } from "../src/ready/ring";
import { toggled } from "../src/runs/runs";
import { DEFAULTS, unitsOf } from "../src/tablet/settings";
import { result } from "./after";

describe("a PIN", () => {
  it("is typed digit by digit, eight at most", () => {
    const keys = (...pressed: string[]) =>
      pressed.reduce((before, key) => pressDigit(before, key, PIN), "");
    expect(keys(..."24680246802")).toBe("24680246");
    expect(keys("2", "4", "back", "6")).toBe("26");
    expect(digits("2 4-6x8", 8)).toBe("2468");
  });

  it("is whole from four digits on, a code with six", () => {
    expect(["123", "1234", "12345678"].map((pin) => isWhole(pin, PIN))).toEqual([
      false,
      true,
      true,
    ]);
    expect(["12345", "123456"].map((code) => isWhole(code, CODE))).toEqual([false, true]);
  });
});

describe("names", () => {
  it("have initials, also of one letter or outside of the basic plane", () => {
    expect(["Ines", "Tomas van Rijn", "å b", "𝔘lla"].map(initials)).toEqual(["I", "TR", "ÅB", "𝔘"]);
  });

  it("have tiles while there is room, the last for another one", () => {
    expect(tiles([])).toEqual({ shown: [], more: 0 });
    expect(tiles(["a", "b"])).toEqual({ shown: ["a", "b"], more: 0 });
    expect(tiles(["a", "b", "c", "d"])).toEqual({ shown: ["a", "b"], more: 2 });
  });
});

it("shows the units of whoever is logged in", () => {
  expect(unitsOf(DEFAULTS, null).units).toBe("metric");
  expect(unitsOf(DEFAULTS, { units: "imperial" }).units).toBe("imperial");
});

it("draws a ring of five parts", () => {
  expect(ringOfFive().match(/M[^M]+/g)).toHaveLength(5);
  expect(ringOfFive()).toMatch(/^M16\.\d -261\.\dA262 262 0 0 1 /);
});

describe("a skill so far", () => {
  const trend = {
    belt_m_s: 2.8,
    runs: 3,
    practised_s: 180,
    metric: "valr13_bw_s",
    first: null,
    change: null,
    noise: null,
    learned: "unknown",
    yours: false,
  } as const;
  const skill = { skill: "soft", title: "Land softly", beside: [] } as const;
  const results = [
    result({ baseline: { mean: 70, n: 9 }, windows: { mean: 60, n: 9 } }),
    result({ belt_m_s: 3.5 }),
    result({ baseline: { mean: 65, n: 9 }, windows: null }),
  ];

  it("compares runs at one speed by one metric only", () => {
    const both = pairs({ ...skill, beside: [], trend, results });
    expect(both).toEqual([
      { alone: 70, minded: 60 },
      { alone: 65, minded: null },
    ]);
  });

  it("shows ratings where nothing measures it", () => {
    const rated = [result({ metric: null, rating: 3 }), result({ metric: null })];
    const of = pairs({ ...skill, beside: [], trend: { ...trend, metric: null }, results: rated });
    expect(of).toEqual([
      { alone: null, minded: 3 },
      { alone: null, minded: null },
    ]);
  });

  it("puts both lines on one scale", () => {
    const of = [
      { alone: 70, minded: 60 },
      { alone: 65, minded: null },
    ];
    const [alone, minded] = [marks(of, "alone"), marks(of, "minded")];
    expect(alone[0]?.y).toBeLessThan(alone[1]?.y ?? 0);
    expect(minded).toHaveLength(1);
    expect(minded[0]?.y).toBeGreaterThan(alone[1]?.y ?? 0);
    expect(pathThrough(alone)).toMatch(/^M[\d.]+ [\d.]+L[\d.]+ [\d.]+$/);
    expect(pathThrough(minded)).toBe("");
  });
});

describe("two runs", () => {
  it("are compared minute by minute", () => {
    expect(perMinute([0, 30, 61, 190], [10, 20, 30, 40])).toEqual([15, 30, null, 40]);
    expect(perMinute([0, 1], [null, "x"])).toEqual([]);
    expect(padded([1], [1, 2])).toEqual([
      [1, null],
      [1, 2],
    ]);
  });

  it("are at one speed within two percent, or both at an unknown one", () => {
    expect(sameSpeed(2.8, 2.84)).toBe(true);
    expect(sameSpeed(2.8, 3)).toBe(false);
    expect(sameSpeed(null, 2.8)).toBe(false);
    expect(sameSpeed(null, null)).toBe(true);
  });

  it("are the last two that were picked", () => {
    expect(["a", "b", "c", "b"].reduce(toggled, [])).toEqual(["c"]);
  });
});
