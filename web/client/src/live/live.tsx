// The runner's page: hears the stream and shows the screen that fits.
import { useEffect, useReducer, useRef, useState } from "preact/hooks";
import { Mark } from "../mark";
import type { Message } from "../messages";
import { useSound } from "../sound/switch";
import { listen } from "../stream";
import { text } from "../strings";
import type { SheetName } from "../tablet/menu";
import { useSettings } from "../tablet/settings";
import { Bar } from "./bar";
import { CoachWords } from "./coach_words";
import { Instrument } from "./instrument";
import { useLaps } from "./laps";
import { hear, type Model, NOTHING } from "./model";
import { isSame, type Moment, momentOf } from "./moment";
import { useNotice } from "./notice";
import { Ready } from "./ready";
import { SensorWord } from "./sensors";
import { Sheets } from "./sheets";
import { Shield } from "./shield";
import { useSounding } from "./sounding";
import { useLock } from "./use_lock";

const LOOK_AGAIN_MS = 200;

export function Live() {
  const [model, take] = useReducer(
    (before: Model, message: Message) => hear(before, message, seconds()),
    NOTHING,
  );
  useEffect(() => listen("/api/v1/live/stream", take), []);
  const moment = useMoment(model);
  const { mode } = moment;
  const [settings, change] = useSettings();
  const [sheet, open] = useState<SheetName | null>(null);
  const [notice, say, ask] = useNotice();
  const sound = useSound();
  const { locked, unlock } = useLock(mode, sheet !== null, () => open(null));
  useSounding(model, moment, sound.sound, settings.clicks);
  useLaps(model.state, settings.laps, say);
  const going = mode === "running" || mode === "paused";
  return (
    <div class={mode === "ready" ? "live before" : "live"} data-mode={mode}>
      <main>
        <header class="top">
          <Mark name={text.name} />
          {!locked && <Bar running={going} sound={sound} menu={() => open("menu")} say={say} />}
          <SensorWord health={model.health} live={mode !== "not live"} />
        </header>
        {mode === "ready" ? (
          <Ready model={model} open={open} />
        ) : (
          <Instrument model={model} moment={moment} settings={settings} ask={ask} />
        )}
        <CoachWords notice={model.message?.what ?? null} phase={moment.message} />
        <p class="why" role="status">
          {moment.cue === "gone" && notice}
        </p>
      </main>
      {locked && <Shield unlock={unlock} />}
      <Sheets sheet={sheet} open={open} model={model} settings={settings} change={change} />
    </div>
  );
}

/** The moment also changes when nothing comes: time alone makes data late. */
function useMoment(model: Model): Moment {
  const [, lookAgain] = useReducer((looks: number, _: undefined) => looks + 1, 0);
  const moment = momentOf(model, seconds());
  const shown = useRef(moment);
  shown.current = moment;
  useEffect(() => {
    const look = () => isSame(momentOf(model, seconds()), shown.current) || lookAgain(undefined);
    const timer = setInterval(look, LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [model]);
  return moment;
}

function seconds(): number {
  return performance.now() / 1000;
}
