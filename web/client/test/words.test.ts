import { expect, it } from "vitest";
import { clock, date, kilometres, shares, signed, whole } from "../src/format";
import { hear, NOTHING } from "../src/live/model";
import { whyNoBalance, whyNoPlace, whyNoSoftness } from "../src/live/reasons";
import { summary } from "../src/live/sensors";
import { text } from "../src/strings";
import { health, means, sent, snapshot, state, step } from "./messages";

it("writes numbers with a true minus and an en dash for what is not known", () => {
  expect([signed(-8.4), signed(9.2), signed(0.3), signed(-0.3)]).toEqual(["−8", "+9", "0", "0"]);
  expect([whole(165.8), whole(null)]).toEqual(["166", "–"]);
  expect(shares(50.27)).toEqual(["50.3", "49.7"]);
  expect(shares(null)).toEqual(["–", "–"]);
  expect([kilometres(2134), kilometres(null)]).toEqual(["2.13", "–"]);
});

it("writes time in minutes up to 99:59, then in hours", () => {
  expect(clock(767.9)).toEqual({ text: "12:47", hours: false });
  expect(clock(5999)).toEqual({ text: "99:59", hours: false });
  expect(clock(6120)).toEqual({ text: "1:42", hours: true });
});

it("does not date a run that had no clock", () => {
  expect(date(null)).toBeNull();
  expect(date("2026-11-02T18:30:00.000Z", "en-GB")).toContain("2026");
});

it("says why, the nearest cause first", () => {
  const cellar = { ...(snapshot({ about: { rig: "deck1" } }) as { data: object }) };
  const deck = hear(NOTHING, cellar as never, 0);
  expect(whyNoPlace(deck, "left")).toBe(text.reason.noPlace);
  const sideless = hear(deck, { name: "step", data: sent(step({ side: null })) }, 0);
  expect(whyNoPlace(sideless, "left")).toBe(text.reason.noSide);
  const placed = hear(deck, { name: "step", data: sent(step({})) }, 0);
  const landing = step({ t_s: 2, strike_index_pct: null });
  expect(whyNoPlace(hear(placed, { name: "step", data: sent(landing) }, 0), "left")).toBeNull();
  const slow = state({ left: means(null), loading_quality: "none", balance_pct: null });
  const model = hear(NOTHING, snapshot({ state: slow }), 0);
  expect(whyNoSoftness(model, "left")).toBe(text.reason.slowRate);
  expect(whyNoSoftness(model, "right")).toBeNull();
  expect(whyNoBalance(model)).toBe(text.reason.noBalance);
});

it("sums the sensors up in a word", () => {
  expect(summary(health())).toEqual({ word: "insoles live", good: true });
  expect(summary(health("stale"))).toEqual({ word: "insoles late", good: false });
  expect(summary(null)).toEqual({ word: "sensors waiting", good: false });
  expect(summary({ ...health(), disk: "full" }).good).toBe(false);
});
