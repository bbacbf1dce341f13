// The state of the sensors in words, with a filled round mark only for what is live.
import type { Health, SourceHealth } from "../messages";
import { text } from "../strings";

/** One word or two about all sensors, for the top of the page. */
export function SensorWord({ health, live }: { health: Health | null; live: boolean }) {
  const { word, good } = live ? summary(health) : { word: text.notLive, good: false };
  return (
    <span class="state mini">
      <i class={good ? "" : "no"} />
      {word}
    </span>
  );
}

export function summary(health: Health | null): { word: string; good: boolean } {
  if (health?.disk === "full") return { word: text.diskFull, good: false };
  if (health?.disk === "failing") return { word: text.diskFailing, good: false };
  const sources = health?.sources ?? [];
  const first = sources.find((source) => source.state !== "live");
  if (first) return { word: `${first.name} ${text.source[first.state]}`, good: false };
  if (!sources.length) return { word: `${text.sensors} ${text.source.waiting}`, good: false };
  const [only] = sources.length === 1 ? sources : [];
  return { word: `${only?.name ?? text.sensors} ${text.source.live}`, good: true };
}

/** One sensor with what helps, for the page before the run. */
export function SensorLine({ source }: { source: SourceHealth }) {
  const live = source.state === "live";
  const help = source.state === "live" ? null : (source.why ?? text.sourceHelp[source.state]);
  return (
    <Fact good={live} name={`${capital(source.name)} ${text.source[source.state]}`}>
      {help ?? text.aSecond(source.nominal_rate_hz)}
    </Fact>
  );
}

export function Fact(props: { good: boolean; name: string; children: string }) {
  return (
    <div>
      <i class={props.good ? "" : "no"} />
      <b>{props.name}</b>
      <span>{props.children}</span>
    </div>
  );
}

function capital(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
