// Holds the live stream open: comes back by itself after sleep, a lost network or a new daemon.
import type { Message } from "./messages";

const NAMES: Message["name"][] = [
  "snapshot",
  "beat",
  "step",
  "state",
  "health",
  "about",
  "focus",
  "cue",
  "message",
];
const SILENT_MS = 5000; // a beat comes each second: this long without one is a dead connection
const AGAIN_MS = 1500;

/** Calls `hear` for every message until the returned function is called. */
export function listen(address: string, hear: (message: Message) => void): () => void {
  let source: EventSource | null = null;
  let lastId = "";
  let heardAt = performance.now();

  const open = () => {
    source?.close();
    heardAt = performance.now();
    source = new EventSource(lastId ? `${address}?after=${encodeURIComponent(lastId)}` : address);
    for (const name of NAMES) source.addEventListener(name, take);
  };

  const take = (event: MessageEvent<string>) => {
    heardAt = performance.now();
    lastId = event.lastEventId || lastId;
    hear({ name: event.type, data: JSON.parse(event.data) } as Message);
  };

  const watch = () => {
    const refused = source?.readyState === EventSource.CLOSED;
    if (refused || performance.now() - heardAt > SILENT_MS) open();
  };

  open();
  const timer = setInterval(watch, AGAIN_MS);
  return () => {
    clearInterval(timer);
    source?.close();
  };
}
