// The runner's page: hears the stream and shows the screen that fits.
import { useEffect, useReducer, useRef, useState } from "preact/hooks";
import { Done } from "../done/done";
import { Mark } from "../mark";
import type { Message } from "../messages";
import { Pair } from "../pair/pair";
import { usePerson } from "../people/me";
import { useOwnSettings } from "../people/own_settings";
import { StillYou } from "../people/still";
import { Ready } from "../ready/ready";
import { useSound } from "../sound/switch";
import { listen } from "../stream";
import { text } from "../strings";
import type { SheetName } from "../tablet/menu";
import { Bar } from "./bar";
import { CoachWords } from "./coach_words";
import { Instrument } from "./instrument";
import { useLaps } from "./laps";
import { hear, type Mode, type Model, NOTHING } from "./model";
import { isSame, type Moment, momentOf, screenOf } from "./moment";
import { useNotice } from "./notice";
import { SensorWord } from "./sensors";
import { Sheets } from "./sheets";
import { Shield } from "./shield";
import { useSounding } from "./sounding";
import { useLock } from "./use_lock";

const LOOK_AGAIN_MS = 200;
const WHEN: Partial<Record<Mode, string>> = { ready: "before", done: "after" };

export function Live() {
  const [model, take] = useReducer(
    (before: Model, message: Message) => hear(before, message, seconds()),
    NOTHING,
  );
  useEffect(() => listen("/api/v1/live/stream", take), []);
  const moment = useMoment(model);
  const { mode } = moment;
  const screen = screenOf(model, mode);
  const person = usePerson(model);
  const [settings, change] = useOwnSettings(person);
  const [watching, watch] = useState(false);
  const [sheet, open] = useState<SheetName | null>(null);
  const [notice, say, ask] = useNotice();
  const sound = useSound();
  const { locked, unlock } = useLock(mode, sheet !== null, () => open(null));
  useSounding(model, moment, sound.sound, settings.clicks);
  useLaps(model.state, settings.laps, say);
  const going = mode === "running" || mode === "paused";
  if (person.me?.scopes.length === 0 && !watching) return <Pair watch={() => watch(true)} />;
  return (
    <div class={`live ${WHEN[screen] ?? ""}`} data-mode={mode}>
      <main>
        <header class="top">
          <Mark name={text.name} />
          {!locked && <Bar running={going} sound={sound} menu={() => open("menu")} say={say} />}
          <SensorWord health={model.health} live={mode !== "not live"} />
        </header>
        {screen === "ready" && (
          <Ready
            model={model}
            live={mode === "ready"}
            person={person}
            units={settings.units}
            open={open}
            say={say}
          />
        )}
        {screen === "done" && <Done model={model} person={person} units={settings.units} />}
        {WHEN[screen] === undefined && (
          <Instrument model={model} moment={moment} settings={settings} ask={ask} />
        )}
        <CoachWords notice={model.message?.what ?? null} phase={moment.message} />
        <p class="why" role="status">
          {moment.cue === "gone" && notice}
        </p>
      </main>
      {locked && <Shield unlock={unlock} />}
      <Sheets
        sheet={sheet}
        open={open}
        model={model}
        person={person}
        settings={settings}
        change={change}
      />
      {person.me?.still && <StillYou name={person.me.still} person={person} />}
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
