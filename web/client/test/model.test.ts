import { describe, expect, it } from "vitest";
import { hear, isLost, type Model, modeOf, NOTHING } from "../src/live/model";
import { screenOf } from "../src/live/moment";
import { health, sent, snapshot, state, step } from "./messages";

const running = (now_s = 0): Model => hear(NOTHING, snapshot(), now_s);

describe("screenOf", () => {
  const of = (model: Model, now_s: number) => screenOf(model, modeOf(model, now_s));

  it("keeps what stands there before and after a run when nothing comes", () => {
    for (const name of ["ready", "done"] as const) {
      const model = hear(NOTHING, snapshot({ state: state({ state: name }) }), 0);
      expect([of(model, 1), of(model, 60)]).toEqual([name, name]);
    }
    expect(of(hear(NOTHING, snapshot({ state: null }), 0), 60)).toBe("ready");
  });

  it("is not live for who runs, and before anything was heard", () => {
    expect([of(running(), 1), of(running(), 60)]).toEqual(["running", "not live"]);
    expect(of(NOTHING, 0)).toBe("not live");
  });
});

it("counts how often all was told anew", () => {
  expect(hear(running(), snapshot(), 9).snapshots).toBe(2);
});

describe("modeOf", () => {
  it("is not live before anything was heard", () => {
    expect(modeOf(NOTHING, 0)).toBe("not live");
  });

  it("is not live within 3 s of a silent connection, in every state", () => {
    expect(modeOf(running(), 2.4)).toBe("running");
    expect(modeOf(running(), 2.6)).toBe("not live");
    const ready = hear(NOTHING, snapshot({ state: state({ state: "ready" }) }), 0);
    expect(modeOf(ready, 2.6)).toBe("not live");
  });

  it("is not live within 3 s of silent data while beats go on", () => {
    const beat = (age: number, now: number) =>
      hear(running(), { name: "beat", data: { server_s: 100 + age, data_s: 100 } }, now);
    expect(modeOf(beat(2.8, 50), 50)).toBe("running");
    expect(modeOf(beat(2.8, 50), 50.2)).toBe("not live");
  });

  it("is not live when every sensor is gone, and says ready all the same", () => {
    const gone = health("lost");
    expect(modeOf(hear(running(), { name: "health", data: sent(gone) }, 0), 0)).toBe("not live");
    const ready = hear(NOTHING, snapshot({ state: null, health: gone }), 0);
    expect(modeOf(ready, 0)).toBe("ready");
  });

  it("lets a runner who stopped be silent", () => {
    const paused = hear(running(), { name: "state", data: sent(state({ state: "paused" })) }, 0);
    const beat = { name: "beat", data: { server_s: 130, data_s: 100 } } as const;
    expect(modeOf(hear(paused, beat, 30), 30)).toBe("paused");
  });
});

describe("feet", () => {
  const land = (model: Model, changes: Parameters<typeof step>[0], published_s = 0) =>
    hear(model, { name: "step", data: sent(step(changes), published_s) }, 0);

  it("keeps the landing of each foot and passes over what is stored", () => {
    let model = land(running(), { side: "left", t_s: 1 });
    model = land(model, { side: "right", t_s: 1.4 });
    model = land(model, { side: "right", t_s: 1.8, moment: "final" });
    expect(model.feet.left.landings.map((each) => each.t_s)).toEqual([1]);
    expect(model.feet.right.landings.map((each) => each.t_s)).toEqual([1.4]);
  });

  it("forgets the last run when another begins", () => {
    const model = land(land(running(), { t_s: 700 }), { t_s: 0, session: "s2" });
    expect(model.feet.left.landings.map((each) => each.t_s)).toEqual([0]);
  });

  it("knows that a side cannot be told", () => {
    expect(land(running(), { side: "unknown" }).sideless).toBe(true);
    expect(land(land(running(), { side: null }), { side: "left" }).sideless).toBe(false);
  });

  it("loses a foot that is silent for 3 s while the other goes on", () => {
    let model = land(running(), { side: "left", t_s: 1 }, 10);
    model = land(model, { side: "right", t_s: 1.4 }, 10.4);
    expect(isLost(model, "left")).toBe(false);
    model = land(model, { side: "right", t_s: 4.2 }, 13.2);
    expect(isLost(model, "left")).toBe(true);
    expect(isLost(model, "right")).toBe(false);
  });

  it("loses a foot whose sensor is said to be gone", () => {
    const gone = {
      ...health("lost"),
      sources: [{ ...health("lost").sources[0], name: "Left insole" }],
    };
    const model = hear(running(), { name: "health", data: sent(gone as never) }, 0);
    expect([isLost(model, "left"), isLost(model, "right")]).toEqual([true, false]);
  });
});

it("a new snapshot replaces all that was known", () => {
  const before = hear(running(), { name: "step", data: sent(step({})) }, 0);
  expect(hear(before, snapshot(), 1).feet.left.landings).toEqual([]);
});
