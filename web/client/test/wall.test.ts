import { describe, expect, it } from "vitest";
import { table } from "../src/coach/csv";
import { answered, outcome, sentCue, suggestions } from "../src/coach/cues";
import { isWellFormed } from "../src/coach/form";
import { type Heard, type Treadmill, take } from "../src/coach/treadmills";
import { callOf, inOrder, labelOf, lookOf, matches, views } from "../src/coach/view";
import { focus, health, means, state } from "./messages";

type Gym = Map<string, Treadmill>;

function hear(gym: Gym, path: string, message: unknown, changes: Partial<Heard> = {}, now_ms = 0) {
  take(gym, { device: "t7", path, message, retained: false, ...changes }, now_ms);
}

function running(device = "t7", right = 66): Gym {
  const gym: Gym = new Map();
  hear(gym, "status", "online", { device });
  hear(gym, "live/state", state({ right: means(right) }), { device });
  return gym;
}

const one = (gym: Gym) => gym.get("t7") as Treadmill;

describe("a tile", () => {
  it("says what is live, and goes late after three seconds", () => {
    expect(lookOf(one(running()), 3000)).toBe("running");
    expect(lookOf(one(running()), 3001)).toBe("late");
    expect(views(running(), 3001)[0]).toMatchObject({ left: null, balance_pct: null });
  });
  it("never takes what a broker kept for now", () => {
    const gym: Gym = new Map();
    hear(gym, "status", "online", { retained: true });
    hear(gym, "live/state", state(), { retained: true });
    expect(lookOf(one(gym), 0)).toBe("late");
  });
  it("names whom this run belongs to, and nobody else", () => {
    const gym = running();
    hear(gym, "record/session", { session: "s0", alias: "Ana", runner: "r1" });
    expect(views(gym, 0)[0]?.who).toBe("");
    hear(gym, "record/session", { session: "s1", alias: "Tomas", runner: "r2" });
    expect(views(gym, 0)[0]?.who).toBe("Tomas");
  });
  it("stands in the order of its number and is found by number, name and skill", () => {
    expect(["t10", "t9", "t1"].sort(inOrder)).toEqual(["t1", "t9", "t10"]);
    expect([labelOf("treadmill-07"), labelOf("north")]).toEqual(["7", "north"]);
    const gym = running();
    hear(gym, "live/focus", focus());
    const [view] = views(gym, 0);
    expect(["7", "T7", "land soft", ""].map((sought) => view && matches(view, sought))).toEqual([
      true,
      true,
      true,
      true,
    ]);
    expect(view && matches(view, "8")).toBe(false);
  });
});

describe("a call for the coach", () => {
  it("comes when a foot has been loud for fifteen seconds without a break", () => {
    const gym = running();
    for (let s = 1; s <= 14; s++) hear(gym, "live/state", state(), {}, s * 1000);
    expect(callOf(one(gym), 14_900)).toBeNull();
    hear(gym, "live/state", state(), {}, 15_000);
    expect(callOf(one(gym), 15_000)).toMatchObject({ side: "right", since_ms: 0 });
    hear(gym, "live/state", state({ right: means(60) }), {}, 16_000);
    hear(gym, "live/state", state(), {}, 17_000);
    expect(callOf(one(gym), 18_000)).toBeNull();
  });
  it("comes at once when a sensor is lost, and only the oldest is loud", () => {
    const gym = running();
    hear(gym, "live/health", health("lost"), {}, 500);
    hear(gym, "status", "online", { device: "t8" });
    hear(gym, "live/health", health("broken"), { device: "t8" }, 900);
    const shown = views(gym, 1000);
    expect(shown.map(({ needs, first }) => [needs, first])).toEqual([
      [true, true],
      [true, false],
    ]);
    expect(shown[0]?.text).toBe("insoles lost");
  });
});

describe("a cue", () => {
  const sent = sentCue("c1", "t7", "Light feet", 1000);
  it("is answered by the treadmill that was asked, once", () => {
    const shown = { id: "c1", result: "shown", why: null } as const;
    const refused = { id: "c1", result: "refused", why: "one a second" } as const;
    expect(answered(sent, "t8", shown, 3000, "9:10")).toBe(sent);
    expect(answered(sent, "t7", { ...shown, id: "c2" }, 3000, "9:10")).toBe(sent);
    const told = answered(sent, "t7", shown, 3000, "9:10");
    expect(outcome(told, 9000)).toBe("Last: “Light feet” Seen after 2 s, at 9:10.");
    expect(answered(told, "t7", refused, 4000, "9:11")).toBe(told);
    expect(outcome(answered(sent, "t7", refused, 3000, ""), 0)).toContain("one a second");
  });
  it("is not waited for for ever", () => {
    expect(outcome(sent, 12_900)).toContain("Sent.");
    expect(outcome(sent, 13_100)).toContain("No answer");
  });
  it("is offered for the loud foot first, then for the skill, and none twice", () => {
    const [first, second, ...rest] = suggestions("right", "push");
    expect([first, second].join()).toMatch(/right.*Push/);
    expect(new Set([first, second, ...rest]).size).toBe(rest.length + 2);
  });
});

describe("the table", () => {
  it("leaves empty what is not live, and starts no formula", () => {
    const gym = running();
    hear(gym, "record/session", { session: "s1", alias: '=1+"1', runner: "r2" });
    const [, now] = table(gym, { s1: "-x\ny" }, 0).split("\r\n");
    expect(now).toBe(`t7,"'=1+""1",running,,s1,60,160,165,-10,10,60,50.3,,"'-x\ny"`);
    expect(table(gym, {}, 9000)).toContain("late,,s1,60,160,,,,,,,");
  });
});

describe("what anybody may write to a broker", () => {
  it("is only drawn in the form of the contract", () => {
    expect(isWellFormed("live/state", state())).toBe(true);
    expect(isWellFormed("live/health", health())).toBe(true);
    expect(isWellFormed("live/focus", focus())).toBe(true);
    const bad: [string, unknown][] = [
      ["status", "perhaps"],
      ["live/state", { ...state(), left: null }],
      ["live/state", { ...state(), cadence_spm: "166" }],
      ["live/state", []],
      ["live/health", { disk: "ok", sources: [null] }],
      ["live/focus", { ...focus(), skill: "constructor" }],
      ["record/session", { session: "s1", alias: {} }],
      ["live/step", { t_s: 1, moment: "live", cop_path: [[1]] }],
      ["answer", null],
      ["secret", {}],
    ];
    for (const [path, message] of bad) expect(isWellFormed(path, message), path).toBe(false);
  });
});
