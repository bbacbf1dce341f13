// The runner's page: hears the stream and shows the screen that fits.
import { useEffect, useReducer } from "preact/hooks";
import { Mark } from "../mark";
import type { Message } from "../messages";
import { listen } from "../stream";
import { text } from "../strings";
import { Instrument } from "./instrument";
import { hear, type Mode, modeOf, NOTHING } from "./model";
import { Ready } from "./ready";
import { SensorWord } from "./sensors";

const LOOK_AGAIN_MS = 200;

export function Live() {
  const [model, take] = useReducer(
    (before: typeof NOTHING, message: Message) => hear(before, message, seconds()),
    NOTHING,
  );
  useEffect(() => listen("/api/v1/live/stream", take), []);
  const mode = useMode(model);
  return (
    <div class={mode === "ready" ? "live before" : "live"} data-mode={mode}>
      <main>
        <header class="top">
          <Mark name={text.name} />
          <SensorWord health={model.health} live={mode !== "not live"} />
        </header>
        {mode === "ready" ? <Ready model={model} /> : <Instrument model={model} mode={mode} />}
      </main>
    </div>
  );
}

/** The mode also changes when nothing comes: time alone makes data late. */
function useMode(model: typeof NOTHING): Mode {
  const [, lookAgain] = useReducer((looks: number, _: undefined) => looks + 1, 0);
  const mode = modeOf(model, seconds());
  useEffect(() => {
    const look = () => modeOf(model, seconds()) !== mode && lookAgain(undefined);
    const timer = setInterval(look, LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [model, mode]);
  return mode;
}

function seconds(): number {
  return performance.now() / 1000;
}
