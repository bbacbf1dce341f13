import { describe, expect, it } from "vitest";
import { lineOf } from "../src/live/line";
import { rakes, ringPaths } from "../src/live/minute";
import { hear, type Model, NOTHING } from "../src/live/model";
import { cueNow, focusShown, momentOf, rakesShown, ringLook } from "../src/live/moment";
import { landedHard } from "../src/live/sounding";
import type { Cue, Focus, Message, Second } from "../src/messages";
import { cue, focus, health, sent, snapshot, state, step } from "./messages";

const running = (...messages: Message[]): Model =>
  messages.reduce((model, each) => hear(model, each, 0), hear(NOTHING, snapshot(), 0));
const focused = (changes: Partial<Focus> = {}): Message => ({
  name: "focus",
  data: sent(focus(changes)),
});
const cued = (changes: Partial<Cue> = {}): Message => ({ name: "cue", data: sent(cue(changes)) });
const leftLost: Message = {
  name: "health",
  data: sent({ ...health("lost"), sources: health("lost").sources.map(named("left insole")) }),
};
function named(name: string) {
  return <T>(source: T) => ({ ...source, name });
}

describe("the ring", () => {
  const minute = (...first: Second[]): Second[] => [...first, ...Array(60).fill("to_come")];
  const count = (paths: [string, string][]) =>
    Object.fromEntries(paths.map(([kind, d]) => [kind, d.match(/M/g)?.length]));

  it("has sixty ticks, long inside, short outside", () => {
    const paths = ringPaths(minute("inside", "outside", "not_counted"), "live");
    expect(count(paths)).toEqual({ on: 1, out: 1, held: 1, off: 57 });
    expect(Object.fromEntries(paths).on).toBe("M-84.8 233.0L-95.1 261.2");
  });

  it("ends where the gap begins again", () => {
    expect(ringPaths([], "live")[0]?.[1]).toMatch(/L95\.1 261\.2$/);
  });

  it("counts nothing while it is held, and shows nothing when nothing is known", () => {
    expect(count(ringPaths(minute("inside", "outside"), "held"))).toEqual({ held: 2, off: 58 });
    expect(count(ringPaths(minute("inside", "outside"), "off"))).toEqual({ off: 60 });
  });

  it("is held while somebody stands or a foot is lost, and off when not live", () => {
    const model = running(focused());
    expect(ringLook(model, "running")).toBe("live");
    expect(ringLook(model, "paused")).toBe("held");
    expect(ringLook(model, "not live")).toBe("off");
    expect(ringLook(running(focused({ paused: true })), "running")).toBe("held");
    expect(ringLook(running(focused(), leftLost), "running")).toBe("held");
  });

  it("goes with the run, and when its minutes are over", () => {
    expect(focusShown(focus(), "running")).not.toBeNull();
    expect(focusShown(focus(), "done")).toBeNull();
    expect(focusShown(focus({ phase: "over" }), "running")).toBeNull();
  });
});

describe("rake lines", () => {
  const shown = (model: Model, now_s = 0) => rakesShown(model, momentOf(model, now_s));

  it("come one after every 10 s inside, six at most", () => {
    expect([0, 9.9, 10, 59, 60, 300].map(rakes)).toEqual([0, 0, 1, 5, 6, 6]);
    expect(shown(running(focused({ on_target_s: 34 })))).toBe(3);
  });

  it("go at a cue and begin anew after it", () => {
    const model = running(focused({ on_target_s: 34 }), cued());
    expect(shown(model)).toBe(0);
    const later = hear(model, focused({ on_target_s: 55 }), 9);
    expect(rakesShown(later, { mode: "running", cue: "gone", message: "gone" })).toBe(2);
  });

  it("begin with the last seconds inside on a page that is opened in mid-run", () => {
    const minute: Second[] = [
      ...Array(5).fill("inside"),
      "outside",
      ...Array(21).fill("inside"),
      ...Array(33).fill("to_come"),
    ];
    const data = { focus: focus({ minute, on_target_s: 26 }) };
    expect(shown(hear(NOTHING, snapshot(data), 0))).toBe(2);
  });

  it("begin at nothing in another run", () => {
    const model = running(focused({ on_target_s: 300 }), cued(), focused({ on_target_s: 0 }));
    const later = hear(model, focused({ on_target_s: 25 }), 0);
    expect(rakesShown(later, { mode: "running", cue: "gone", message: "gone" })).toBe(2);
  });

  it("are not there while a foot is lost", () => {
    expect(shown(running(focused({ on_target_s: 34 }), leftLost))).toBe(0);
  });
});

describe("a cue", () => {
  const phases = (model: Model, ...at: number[]) => {
    const beat = (now_s: number): Message => ({
      name: "beat",
      data: { server_s: 100 + now_s, data_s: 100 + now_s },
    });
    return at.map((now_s) => momentOf(hear(model, beat(now_s), now_s), now_s).cue);
  };

  it("stays as long as the coach wants, 6 s at least, and leaves", () => {
    expect(phases(running(cued()), 0, 7.9, 8.1, 8.5)).toEqual([
      "shown",
      "shown",
      "leaving",
      "gone",
    ]);
    expect(phases(running(cued({ until_s: 51 })), 5.9, 6.1)).toEqual(["shown", "leaving"]);
  });

  it("is not said again by a page that is opened later", () => {
    const opened = (published_s: number) =>
      hear(NOTHING, snapshot({ cue: sent(cue(), published_s) }), 0);
    expect(phases(opened(95), 0, 2.9, 3.1)).toEqual(["shown", "shown", "leaving"]);
    expect(phases(opened(50), 0)).toEqual(["gone"]);
  });

  it("is for a runner whose feet are both measured", () => {
    expect(phases(running(cued(), leftLost), 0)).toEqual(["gone"]);
    const paused = running(cued(), { name: "state", data: sent(state({ state: "paused" })) });
    expect(phases(paused, 0)).toEqual(["gone"]);
    expect(cueNow(paused, momentOf(paused, 0))).toBeNull();
  });
});

it("a coach's message stays for 8 s, and through a new snapshot", () => {
  const notice = { id: "1", text: "Well run", for_s: 8, nonce: "n" };
  const said = running({ name: "message", data: sent(notice) });
  const again = hear(said, snapshot(), 7);
  expect(again.message?.what.text).toBe("Well run");
  expect(momentOf(again, 7.9).message).toBe("shown");
  expect(momentOf(hear(said, snapshot(), 9), 9).message).toBe("gone");
});

describe("the line", () => {
  it("is the runner's own, and the target while landing softly is the focus", () => {
    expect(lineOf(running())).toEqual({ valr_bw_s: 60, is_target: false });
    expect(lineOf(running(focused()))).toEqual({ valr_bw_s: 48, is_target: true });
    expect(lineOf(running(focused({ skill: "close" })))?.is_target).toBe(false);
    expect(lineOf(running(focused({ baseline: null, target: null })))?.valr_bw_s).toBe(60);
    expect(lineOf(running(focused({ phase: "over" })))?.is_target).toBe(false);
  });

  it("is not there before the first minute is over", () => {
    const model = hear(NOTHING, snapshot({ state: state({ line_valr_bw_s: null }) }), 0);
    expect(lineOf(hear(model, focused(), 0))).toBeNull();
  });
});

it("a click is for a landing that is new, and hard", () => {
  const landed = (model: Model, t_s: number, valr_bw_s: number | null) =>
    hear(model, { name: "step", data: sent(step({ t_s, valr_bw_s })) }, 0);
  const before = running();
  const hard = landed(before, 1, 70);
  expect(landedHard(before, hard)).toBe(true);
  expect(landedHard(hard, landed(hard, 1.004, 71))).toBe(false);
  expect(landedHard(hard, landed(hard, 2, 50))).toBe(false);
  expect(landedHard(hard, landed(hard, 2, 70))).toBe(true);
  const early = landed(before, 1, null);
  expect([landedHard(before, early), landedHard(early, landed(early, 1, 70))]).toEqual([
    false,
    true,
  ]);
});
