// Two runs side by side: their numbers, the difference, and their minutes.
import { clock, date, signed, UNKNOWN, whole } from "../format";
import type { Session } from "../messages";
import { useOwnSettings } from "../people/own_settings";
import { usePresence } from "../people/presence";
import { Failed, Frame } from "../runs/frame";
import { type Columns, FIELDS, ratesOf } from "../runs/lines";
import { Plot } from "../runs/plot";
import { read, readSteps, useReading } from "../runs/read";
import { text } from "../strings";
import type { Units } from "../tablet/settings";
import { distance, speed } from "../tablet/units";
import { padded, perMinute, sameSpeed } from "./minutes";

interface Read {
  run: Session;
  columns: Columns;
}

async function readRun(session: string): Promise<Read> {
  const run = await read<Session>(`/api/v1/sessions/${encodeURIComponent(session)}`);
  return { run, columns: await readSteps(session, FIELDS) };
}

export function Compare({ first, second }: { first: string; second: string }) {
  const [{ units }] = useOwnSettings(usePresence());
  const reading = useReading(() => Promise.all([readRun(first), readRun(second)]));
  return (
    <Frame title={text.mine.compared}>
      {reading.state === "reading" && <p class="note">{text.loading}</p>}
      {reading.state === "failed" && <Failed why={reading.why} />}
      {reading.state === "done" && (
        <Both one={reading.data[0]} other={reading.data[1]} units={units} />
      )}
      <a class="btn" href="/runs">
        {text.mine.back}
      </a>
    </Frame>
  );
}

function Both({ one, other, units }: { one: Read; other: Read; units: Units }) {
  const same = sameSpeed(one.run.conventions.belt_m_s, other.run.conventions.belt_m_s);
  const plot = (of: (read: Read) => Columns["side"]) => {
    const minutes = [one, other].map((read) => perMinute(read.columns.t_s, of(read)));
    const [a, b] = padded(minutes[0] ?? [], minutes[1] ?? []);
    return {
      minutes: a.map((_, minute) => minute + 1),
      curves: [
        { name: whenOf(one.run), values: a },
        { name: whenOf(other.run), values: b, dotted: true },
      ],
    };
  };
  return (
    <>
      <Table one={one.run} other={other.run} units={units} />
      {!same && <p class="note">{text.mine.otherSpeed}</p>}
      <Plot
        title={text.plots.softness}
        {...plot((read) => ratesOf(read.run, read.columns))}
        least={20}
      />
      <Plot title={text.plots.cadence} {...plot((read) => read.columns.cadence_spm)} least={10} />
    </>
  );
}

function whenOf(run: Session): string {
  return run.started_at === null ? text.notDated : dayOf(run.started_at);
}

function dayOf(at: string): string {
  return new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short" }).format(
    new Date(at),
  );
}

interface TableProps {
  one: Session;
  other: Session;
  units: Units;
}

function Table({ one, other, units }: TableProps) {
  const row = (name: string, of: (run: Session) => number | null) => (
    <tr>
      <th scope="row">{name}</th>
      <td class="num">{whole(of(one))}</td>
      <td class="num">{whole(of(other))}</td>
      <td class="num">{difference(of(one), of(other))}</td>
    </tr>
  );
  const written = (name: string, of: (run: Session) => string) => (
    <tr>
      <th scope="row">{name}</th>
      <td class="num">{of(one)}</td>
      <td class="num">{of(other)}</td>
      <td />
    </tr>
  );
  return (
    <table class="compared">
      <thead>
        <tr>
          <td />
          <th scope="col">{date(one.started_at) ?? text.notDated}</th>
          <th scope="col">{date(other.started_at) ?? text.notDated}</th>
          <th scope="col">{text.mine.difference}</th>
        </tr>
      </thead>
      <tbody>
        {written(text.time, (run) => clock(run.running_s).text)}
        {written(text.corner.distance[units], (run) => distance(run.distance_m, units))}
        {written(text.corner.speed[units], (run) => speed(run.conventions.belt_m_s, units))}
        {row(text.cadence, (run) => run.all.cadence_spm)}
        {row(text.columns.contact, (run) => run.all.contact_ms)}
        {row(`${text.columns.softness}, ${text.left}`, (run) => run.left.valr_bw_s)}
        {row(`${text.columns.softness}, ${text.right}`, (run) => run.right.valr_bw_s)}
      </tbody>
    </table>
  );
}

function difference(one: number | null, other: number | null): string {
  return one === null || other === null ? UNKNOWN : signed(Math.round(other) - Math.round(one));
}
