import { expect, it } from "vitest";
import { addStep, type Foot, hardness, NO_FOOT, TRAIL } from "../src/live/trail";
import { sent, step } from "./messages";

function walk(...steps: Parameters<typeof step>[0][]): Foot {
  return steps.reduce((foot: Foot, each) => addStep(foot, sent(step(each))), NO_FOOT);
}

it("keeps this landing and the last ten", () => {
  const foot = walk(...Array.from({ length: 30 }, (_, i) => ({ t_s: i })));
  expect(foot.landings.map((each) => each.t_s)).toEqual([
    19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29,
  ]);
  expect(TRAIL).toBe(10);
});

it("takes what is told later for the same landing", () => {
  const path: [number, number][] = [
    [14, 5],
    [80, -10],
  ];
  const foot = walk({ t_s: 1, valr_bw_s: null }, { moment: "live", t_s: 1.004, cop_path: path });
  expect(foot.landings).toHaveLength(1);
  expect(foot.landings[0]).toMatchObject({ t_s: 1, y_mm: 5, peak_bw_s: 60, path });
});

it("keeps the place of the landing when later nothing is known of it", () => {
  const foot = walk({ t_s: 1, strike_index_pct: 12 }, { t_s: 1, strike_index_pct: null });
  expect(foot.landings[0]).toMatchObject({ x_pct: 12, y_mm: 0 });
});

it("has no place where the rig cannot tell", () => {
  expect(walk({ strike_index_pct: null }).landings[0]?.x_pct).toBeNull();
});

it("goes by the method that the run is measured with", () => {
  const [landing] = walk({}).landings;
  if (!landing) throw new Error("no landing");
  expect(hardness(landing, 55, "peak")).toBe("hard");
  expect(hardness(landing, 55, "stance13")).toBe("soft");
  expect(hardness(landing, null, "peak")).toBe("unknown");
  expect(hardness({ ...landing, peak_bw_s: null }, 55, "peak")).toBe("unknown");
});
