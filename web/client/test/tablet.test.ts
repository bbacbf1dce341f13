import { describe, expect, it } from "vitest";
import { nudge, press, typedFrom, wish } from "../src/live/belt";
import { reading } from "../src/live/corners";
import { lapEnded } from "../src/live/laps";
import { text } from "../src/strings";
import { CORNERS, DEFAULTS, parse } from "../src/tablet/settings";
import { distance, pace, speed } from "../src/tablet/units";
import { means, state } from "./messages";

describe("settings", () => {
  it("come back as they were kept", () => {
    const chosen = { left: "pace", right: "impact", units: "imperial", laps: "1 mile" } as const;
    expect(parse(JSON.stringify({ ...chosen, clicks: true }))).toEqual({ ...chosen, clicks: true });
  });

  it("are the usual ones where nothing, or nothing that is understood, was kept", () => {
    for (const kept of [null, "", "{", "null", "7", '"x"', '{"left":"toString","units":1}'])
      expect(parse(kept)).toEqual(DEFAULTS);
    expect(parse('{"right":"speed","laps":"2 km"}')).toEqual({ ...DEFAULTS, right: "speed" });
  });
});

describe("units", () => {
  it("are kilometres or miles", () => {
    expect([distance(5000, "metric"), distance(5000, "imperial")]).toEqual(["5.00", "3.11"]);
    expect([speed(2.78, "metric"), speed(2.78, "imperial")]).toEqual(["10.0", "6.2"]);
    expect([pace(2.78, "metric"), pace(2.78, "imperial")]).toEqual(["6:00", "9:39"]);
  });

  it("say nothing of a belt that is unknown or stands", () => {
    expect([distance(null, "metric"), speed(null, "metric"), pace(0, "metric")]).toEqual(
      Array(3).fill("–"),
    );
  });
});

describe("corners", () => {
  const feet = { left: { ...means(54), contact_ms: 240, impact_bw: 1.6 }, right: means(66) };
  const known = state({ ...feet, running_s: 767, distance_m: 2130 });

  it("show what is chosen", () => {
    const shown = CORNERS.map((corner) => reading(corner, known, "running", "metric").text);
    expect(shown).toEqual(["165", "12:47", "2.13", "10.0", "6:00", "240", "1.60"]);
  });

  it("weigh the feet by their steps", () => {
    const uneven = { left: { ...means(1), n: 1, contact_ms: 200 }, right: { ...means(1), n: 3 } };
    const both = state({ ...uneven, right: { ...uneven.right, contact_ms: 240 } });
    expect(reading("contact", both, "running", "metric").text).toBe("230");
  });

  it("keep time and distance while nobody runs, and nothing when not live", () => {
    const paused = CORNERS.map((corner) => reading(corner, known, "paused", "metric").text);
    expect(paused).toEqual(["–", "12:47", "2.13", "–", "–", "–", "–"]);
    for (const corner of CORNERS)
      expect(reading(corner, known, "not live", "metric")).toMatchObject({ text: "–", why: null });
  });

  it("say why they know nothing", () => {
    const dark = state({ cadence_spm: null, distance_m: null, belt_m_s: null });
    const why = (corner: (typeof CORNERS)[number], of = dark) =>
      reading(corner, of, "running", "metric").why;
    expect(why("cadence")).toBe(text.reason.noCadence);
    expect([why("distance"), why("speed"), why("pace")]).toEqual(Array(3).fill(text.reason.noBelt));
    expect(why("pace", state({ belt_m_s: 0 }))).toBe(text.reason.beltStands);
    expect([why("contact"), why("impact")]).toEqual(Array(2).fill(text.reason.noStepsYet));
    expect(why("impact", state({ body_weight_n: null }))).toBe(text.reason.noWeightYet);
    expect(why("impact", state({ loading_quality: "none" }))).toBe(text.reason.slowRate);
    expect(why("time")).toBeNull();
  });

  it("tell hours from minutes, and miles from kilometres", () => {
    const long = state({ running_s: 6120 });
    expect(reading("time", long, "running", "metric").label).toBe("hours");
    expect(reading("distance", long, "running", "imperial").label).toBe("miles");
  });
});

describe("laps", () => {
  const at = (distance_m: number | null, running_s: number, session = "s1") =>
    state({ distance_m, running_s, session });

  it("end when the run has gone so far or so long", () => {
    expect(lapEnded(at(999, 300), at(1001, 301), "1 km")).toBe(true);
    expect(lapEnded(at(1001, 301), at(1004, 302), "1 km")).toBe(false);
    expect(lapEnded(at(1600, 0), at(1610, 0), "1 mile")).toBe(true);
    expect(lapEnded(at(null, 59.8), at(null, 60.2), "1 min")).toBe(true);
  });

  it("never end without a distance, in another run, on a page just opened, or when off", () => {
    expect(lapEnded(at(null, 1), at(1001, 2), "1 km")).toBe(false);
    expect(lapEnded(at(999, 1), at(1001, 2, "s2"), "1 km")).toBe(false);
    expect(lapEnded(null, at(1001, 2), "1 km")).toBe(false);
    expect(lapEnded(at(999, 59), at(1001, 61), "off")).toBe(false);
  });
});

describe("the belt", () => {
  it("is typed digit by digit", () => {
    const keys = (...pressed: string[]) => pressed.reduce(press, "");
    expect(keys("1", "0", ".", "5")).toBe("10.5");
    expect(keys(".", "9", ".", ".", "5")).toBe("9.5");
    expect(keys("1", "2", "back")).toBe("1");
    expect(keys(..."123456789")).toBe("12345");
  });

  it("goes up and down by whole steps, and not beyond what belts do", () => {
    expect(nudge("10.0", "speed", 1, "metric")).toBe("10.1");
    expect(nudge("10.04", "speed", -1, "metric")).toBe("9.9");
    expect(nudge("0.0", "speed", -1, "metric")).toBe("0.0");
    expect(nudge("", "incline", -1, "metric")).toBe("-0.5");
    expect(nudge("36.0", "incline", 1, "metric")).toBe("36.0");
    expect(nudge("22.4", "speed", 1, "imperial")).toBe("22.4");
  });

  it("becomes metres a second and degrees", () => {
    expect(wish({ speed: "10", incline: "1" }, "metric")).toEqual({
      belt_m_s: 2.7778,
      slope_deg: 0.573,
    });
    expect(wish({ speed: "6.2", incline: "0" }, "imperial")?.belt_m_s).toBeCloseTo(2.7716);
    expect(typedFrom(2.7778, "metric")).toEqual({ speed: "10.0", incline: "0.0" });
    expect(typedFrom(null, "metric").speed).toBe("");
  });

  it("is not told when it is no number or no belt", () => {
    for (const typed of ["", "x", "37", "-1", "1e9"])
      expect(wish({ speed: typed, incline: "0" }, "metric")).toBeNull();
    expect(wish({ speed: "10", incline: "45" }, "metric")).toBeNull();
  });
});
