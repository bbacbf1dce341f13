// A run without a focus in four numbers.
import { clock, whole } from "../format";
import type { Session } from "../messages";
import { Figure } from "../runs/runs";
import { text } from "../strings";
import type { Units } from "../tablet/settings";
import { distance } from "../tablet/units";

export function Figures({ run, units }: { run: Session; units: Units }) {
  return (
    <div class="res figures">
      <Figure value={clock(run.running_s).text} name={text.time} />
      <Figure value={distance(run.distance_m, units)} name={text.corner.distance[units]} />
      <Figure value={whole(run.all.cadence_spm)} name={text.cadence} />
      <Figure value={whole(run.all.contact_ms)} name={text.columns.contact} />
    </div>
  );
}
