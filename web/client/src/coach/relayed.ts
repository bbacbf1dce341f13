// The wall by way of this treadmill's daemon: server-sent events in, a cue by POST out.
import { ask } from "../send";
import type { Feed, Hear } from "./feed";
import type { Heard } from "./treadmills";

const SILENT_MS = 5000;
const AGAIN_MS = 1500;

export function relayed({ heard, link }: Hear): Feed {
  let source: EventSource | null = null;
  let beat_ms = 0;
  const alive = () => {
    beat_ms = performance.now();
  };
  const open = () => {
    source?.close();
    alive();
    source = new EventSource("/api/v1/wall/stream");
    source.addEventListener("heard", (event) => {
      alive();
      heard(JSON.parse(event.data) as Heard);
    });
    source.addEventListener("link", (event) => {
      alive();
      const { state, why } = JSON.parse(event.data) as { state: string; why: string | null };
      link(state === "connected" ? "up" : "away", why);
    });
  };
  const watch = () => {
    const closed = source?.readyState === EventSource.CLOSED;
    if (!closed && performance.now() - beat_ms <= SILENT_MS) return;
    link("away", null);
    open();
  };
  open();
  const timer = setInterval(watch, AGAIN_MS);
  return {
    kind: "relayed",
    async say(device, text, for_s) {
      const { data, why } = await ask<{ id: string }>("POST", "wall/cue", { device, text, for_s });
      return data ? { id: data.id, why: null } : { id: null, why };
    },
    look() {}, // the daemon relays no single steps
    close() {
      clearInterval(timer);
      source?.close();
    },
  };
}
