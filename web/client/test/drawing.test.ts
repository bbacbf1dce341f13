import { describe, expect, it } from "vitest";
import { arc, dashes, degrees, place, rollPath, smooth, tilt } from "../src/live/geometry";
import { isLoud, softness } from "../src/live/softness";
import { means, state } from "./messages";

describe("places on the sole", () => {
  it("counts from the heel, and outwards to the left on the left foot", () => {
    expect(place(0, 0)).toEqual([75, 399]);
    expect(place(100, 0)).toEqual([75, 0]);
    expect(place(50, 10)[0]).toBeCloseTo(60.2);
  });

  it("rolls from the landing through the later points", () => {
    const landing = { t_s: 0, x_pct: 10, y_mm: 0, peak_bw_s: null, stance13_bw_s: null };
    const path: [number, number][] = [
      [5, 3],
      [50, 0],
      [90, 0],
    ];
    expect(rollPath({ ...landing, path })).toMatch(/^M75\.0 359\.1C.*75\.0 39\.9$/);
    expect(rollPath({ ...landing, path: [] })).toBe("");
    expect(rollPath({ ...landing, x_pct: null, path })).toBe("");
  });

  it("draws a curve through every point", () => {
    const curve = smooth([
      [0, 0],
      [10, 20],
      [30, 20],
    ]);
    expect(curve.match(/10\.0 20\.0/g)).toHaveLength(1);
    expect(curve.endsWith("30.0 20.0")).toBe(true);
  });
});

describe("arcs", () => {
  it("span 35 % either way over 100 degrees", () => {
    expect(degrees(35)).toBe(50);
    expect(degrees(-7)).toBe(-10);
    expect(degrees(90)).toBe(50);
  });

  it("show only the part between two values", () => {
    expect(dashes(-35, -8)).toBe("0 0.0 27.0 70");
    expect(dashes(0, 9)).toBe("0 35.0 9.0 70");
    expect(dashes(30, 60)).toBe("0 65.0 5.0 70");
  });

  it("mirror each other", () => {
    expect(arc(322, "left")).toBe("M-207.0 246.7A322 322 0 0 1 -207.0 -246.7");
    expect(arc(322, "right")).toBe("M207.0 246.7A322 322 0 0 0 207.0 -246.7");
  });

  it("tilt the beam towards the heavier side, 8 degrees at most", () => {
    expect(tilt(50.3)).toBeCloseTo(-1.2);
    expect(tilt(40)).toBe(8);
    expect(tilt(60)).toBe(-8);
  });
});

describe("softness", () => {
  it("is % of the runner's own line", () => {
    const left = softness(state(), "left", 60);
    expect(left).toMatchObject({ pct: -10, value: -10, spread: 5, has_line: true });
    const right = softness(state(), "right", 60);
    expect(left && isLoud(left)).toBe(false);
    expect(right && isLoud(right)).toBe(true);
  });

  it("is BW/s without a line, placed against both feet's mean, and never loud", () => {
    const right = softness(state(), "right", null);
    expect(right?.pct).toBeCloseTo(10);
    expect(right).toMatchObject({ value: 66, spread: 3, has_line: false });
    expect(right && isLoud(right)).toBe(false);
  });

  it("is not invented", () => {
    expect(softness(state({ left: means(null) }), "left", 60)).toBeNull();
    const alone = softness(state({ left: means(null) }), "right", null);
    expect(alone?.pct).toBe(0);
    expect(softness(state({ left: means(60, null) }), "left", 60)?.spread).toBeNull();
  });

  it("is not loud for what is written as 0", () => {
    const right = softness(state({ right: means(60.2) }), "right", 60);
    expect(right && isLoud(right)).toBe(false);
  });
});
