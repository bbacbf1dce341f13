// One run: its means, and how softness, cadence, contact and balance went over it.
import { clock, date, kilometres, shares, whole } from "../format";
import type { Session, StepColumns } from "../messages";
import { text } from "../strings";
import { Failed, Frame } from "./frame";
import { type Curve, Plot } from "./plot";
import { read, readSteps, useReading } from "./read";
import { Figure } from "./runs";
import { footMeans, lastKnown, leftShare } from "./smoothing";

const FIELDS = ["t_s", "side", "valr_bw_s", "valr13_bw_s", "cadence_spm", "contact_ms"] as const;
type Columns = StepColumns<(typeof FIELDS)[number]>["columns"];

export function Run({ session }: { session: string }) {
  const address = `/api/v1/sessions/${encodeURIComponent(session)}`;
  const reading = useReading(async () => ({
    session: await read<Session>(address),
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
  const { session: run, columns } = reading.data;
  return (
    <Frame title={date(run.started_at) ?? text.notDated}>
      <Figures run={run} />
      <Plots run={run} columns={columns} />
      <p class="note">{text.plots.means}</p>
    </Frame>
  );
}

function Figures({ run }: { run: Session }) {
  const softness = [run.left.valr_bw_s, run.right.valr_bw_s].map(whole).join(" | ");
  return (
    <div class="figures">
      <Figure value={clock(run.running_s).text} name={text.time} />
      <Figure value={whole(run.steps)} name={text.columns.steps} />
      <Figure value={kilometres(run.distance_m)} name={text.columns.distance} />
      <Figure value={whole(run.all.cadence_spm)} name={text.cadence} />
      <Figure value={whole(run.all.contact_ms)} name={text.columns.contact} />
      <Figure value={softness} name={`${text.columns.softness}, ${text.left} | ${text.right}`} />
    </div>
  );
}

function Plots({ run, columns }: { run: Session; columns: Columns }) {
  const { t_s, side, contact_ms, cadence_spm } = columns;
  const minutes = t_s.map((t) => Number(t) / 60);
  const rates =
    run.conventions.impact_method === "stance13" ? columns.valr13_bw_s : columns.valr_bw_s;
  const softness = bothFeet(t_s, side, rates);
  const contact = bothFeet(t_s, side, contact_ms);
  const cadence = footMeans(t_s, side, cadence_spm, null);
  const [left, right] = contact;
  const balance = left && right ? leftShare(left.values, right.values) : [];
  return (
    <>
      <Plot title={text.plots.softness} minutes={minutes} curves={softness} least={20} />
      <Plot
        title={text.plots.cadence}
        minutes={minutes}
        curves={[end(cadence, whole)]}
        least={10}
      />
      <Plot title={text.plots.contact} minutes={minutes} curves={contact} least={40} />
      <Plot
        title={text.plots.balance}
        minutes={minutes}
        curves={[end(balance, (share) => shares(share)[0])]}
        least={4}
        level={50}
      />
    </>
  );
}

function bothFeet(t_s: Columns["t_s"], side: Columns["side"], values: Columns["side"]): Curve[] {
  return [
    { name: text.left, values: footMeans(t_s, side, values, "left") },
    { name: text.right, values: footMeans(t_s, side, values, "right"), dotted: true },
  ];
}

/** A single curve is named by where it ended. */
function end(values: (number | null)[], write: (value: number | null) => string): Curve {
  return { name: write(lastKnown(values)), values };
}
