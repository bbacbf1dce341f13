// The wall straight from the broker: MQTT over WebSocket.
import mqtt from "mqtt";
import type { Feed, Hear, Said } from "./feed";
import { words } from "./words";

const TOPICS = ["status", "about", "live/state", "live/focus", "live/health", "record/session"];
const STEPS = ["live/landing", "live/step"];
const TOPIC = /^softshoe\/([a-z0-9-]{1,32})\/([a-z/]+)$/;
const LARGEST_BYTES = 65_536;
const DENIED = [4, 5, 134, 135]; // MQTT 3.1.1 and 5: name or password, not authorised

export interface Login {
  user: string;
  password: string;
}

export function direct(url: string, login: Login | null, { heard, link }: Hear): Feed {
  const client = mqtt.connect(url, {
    protocolVersion: 4,
    clean: true,
    reconnectPeriod: 2000,
    connectTimeout: 5000,
    keepalive: 10,
    timerVariant: "native", // the other one needs a worker, which the page's policy forbids
    ...(login ? { username: login.user, password: login.password } : {}),
  });
  let looked: string | null = null;
  const stepsOf = (device: string) => STEPS.map((path) => `softshoe/${device}/${path}`);
  client.on("connect", () => {
    link("up", null);
    const qos = { qos: 1 } as const;
    client.subscribe(
      [...TOPICS, "answer"].map((path) => `softshoe/+/${path}`),
      qos,
    );
    if (looked) client.subscribe(stepsOf(looked), { qos: 0 });
  });
  client.on("message", (topic, payload, packet) => {
    const [, device, path] = TOPIC.exec(topic) ?? [];
    if (!device || !path || payload.length > LARGEST_BYTES) return;
    const message = read(path, payload);
    if (message !== undefined) heard({ device, path, retained: packet.retain, message });
  });
  client.on("error", (error) => {
    const denied = "code" in error && DENIED.includes(Number(error.code));
    if (denied) client.end(true);
    link(denied ? "denied" : "away", null);
  });
  client.on("close", () => {
    if (!client.disconnecting) link("away", null);
  });
  return {
    kind: "direct",
    async say(device, text, for_s): Promise<Said> {
      if (!client.connected) return { id: null, why: words.link.away };
      const id = `wall-${crypto.getRandomValues(new Uint32Array(2)).join("")}`;
      client.publish(`softshoe/${device}/cue`, JSON.stringify({ v: 1, id, text, for_s }), {
        qos: 1,
      });
      return { id, why: null };
    },
    look(device) {
      if (device === looked) return;
      if (looked) client.unsubscribe(stepsOf(looked));
      looked = device;
      if (device && client.connected) client.subscribe(stepsOf(device), { qos: 0 });
    },
    close() {
      client.end(true);
    },
  };
}

/** Undefined: not of the contract. Null: the broker has let go of it. */
function read(path: string, payload: Uint8Array): unknown {
  const text = new TextDecoder().decode(payload);
  if (path === "status" || !text) return text || null;
  try {
    const found: unknown = JSON.parse(text);
    return typeof found === "object" && found !== null ? found : undefined;
  } catch {
    return undefined;
  }
}
