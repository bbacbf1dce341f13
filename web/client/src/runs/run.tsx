// One run: its means, what was practised in it, and how it went.
import { Actions } from "../done/actions";
import { clock, date, whole } from "../format";
import type { RunNote, RunsPractice, Session, Window } from "../messages";
import { useOwnSettings } from "../people/own_settings";
import { usePresence } from "../people/presence";
import { text } from "../strings";
import type { Units } from "../tablet/settings";
import { distance } from "../tablet/units";
import { Failed, Frame } from "./frame";
import { FIELDS, type Lines, linesOf } from "./lines";
import { Plot } from "./plot";
import { read, readSteps, useReading } from "./read";
import { Figure } from "./runs";

export function Run({ session }: { session: string }) {
  const person = usePresence();
  const [{ units }] = useOwnSettings(person);
  const address = `/api/v1/sessions/${encodeURIComponent(session)}`;
  const reading = useReading(async () => ({
    run: await read<Session>(address),
    note: await read<RunNote>(`${address}/note`),
    practice: await read<RunsPractice>(`${address}/practice`),
    columns: await readSteps(session, FIELDS),
  }));
  if (reading.state === "reading") return <Frame title={text.loading}>{null}</Frame>;
  if (reading.state === "failed") {
    return (
      <Frame title={text.runsTitle}>
        <Failed why={reading.why} />
      </Frame>
    );
  }
  const { run, note, practice, columns } = reading.data;
  const when = date(run.started_at) ?? text.notDated;
  return (
    <Frame title={note.title || when}>
      {note.title && <p class="note">{when}</p>}
      {note.note && <p class="run-note">{note.note}</p>}
      {practice.came.map(({ practised, sentence }) => (
        <p key={practised.result.skill}>
          {text.after.next(text.skill[practised.result.skill], sentence)}
        </p>
      ))}
      <Figures run={run} units={units} />
      <Plots
        lines={linesOf(run, columns)}
        shaded={practice.came.flatMap((came) => came.practised.windows)}
      />
      <p class="note">{text.plots.means}</p>
      <Actions
        run={run}
        person={person}
        changed={() => location.reload()}
        erased={() => location.replace("/runs")}
      />
    </Frame>
  );
}

function Figures({ run, units }: { run: Session; units: Units }) {
  const softness = [run.left.valr_bw_s, run.right.valr_bw_s].map(whole).join(" | ");
  return (
    <div class="figures">
      <Figure value={clock(run.running_s).text} name={text.time} />
      <Figure value={whole(run.steps)} name={text.columns.steps} />
      <Figure value={distance(run.distance_m, units)} name={text.corner.distance[units]} />
      <Figure value={whole(run.all.cadence_spm)} name={text.cadence} />
      <Figure value={whole(run.all.contact_ms)} name={text.columns.contact} />
      <Figure value={softness} name={`${text.columns.softness}, ${text.left} | ${text.right}`} />
    </div>
  );
}

function Plots({ lines, shaded }: { lines: Lines; shaded: Window[] }) {
  const { minutes, softness, cadence, contact, balance } = lines;
  const over = { minutes, shaded };
  return (
    <>
      <Plot title={text.plots.softness} {...over} curves={softness} least={20} />
      <Plot title={text.plots.cadence} {...over} curves={[cadence]} least={10} />
      <Plot title={text.plots.contact} {...over} curves={contact} least={40} />
      <Plot title={text.plots.balance} {...over} curves={[balance]} least={4} level={50} />
    </>
  );
}
