// What the focus came to: the change against the baseline within its noise, or how it felt.
import { signed, whole } from "../format";
import type { Came, FocusResult } from "../messages";
import { text } from "../strings";
import { Rating } from "./rating";
import { scaleOf, WIDTH } from "./scale";

const MIDDLE = 22;

export function Result({ came, session }: { came: Came; session: string }) {
  const { result } = came.practised;
  const { change_pct, noise_pct, skill } = result;
  if (result.improved === "unknown" || change_pct === null || noise_pct === null) {
    return <Rating came={came} session={session} />;
  }
  const [change, noise] = [signed(change_pct), whole(noise_pct)];
  return (
    <section class="res" aria-label={text.after.change(change, noise)}>
      <b class="num">
        {change}
        <small> {text.after.plusMinus(noise)}</small>
      </b>
      <p class="note">
        {result.improved === "same" ? came.sentence : text.after.against(text.skill[skill])}
      </p>
      <Line result={result} change={change_pct} noise={noise_pct} />
    </section>
  );
}

const MARKS = { better: "quiet", worse: "over", same: "hair", unknown: "hair" } as const;

interface LineProps {
  result: FocusResult;
  change: number;
  noise: number;
}

function Line({ result, change, noise }: LineProps) {
  const at = scaleOf(change, noise);
  const apart = Math.abs(at.change - at.baseline) > 70;
  return (
    <svg viewBox={`0 0 ${WIDTH} 64`} aria-hidden="true">
      <path class="hair" d={`M0 ${MIDDLE}H${WIDTH}`} />
      <path
        class={`spread ${MARKS[result.improved]}`}
        d={`M${at.from.toFixed(1)} ${MIDDLE}H${at.to.toFixed(1)}`}
      />
      <path class="line" d={`M${at.baseline.toFixed(1)} 6V38`} />
      <path class="mean" d={`M${at.change.toFixed(1)} 4V40`} />
      {apart && (
        <text x={at.change} y="60" text-anchor="middle">
          {signed(change)}
        </text>
      )}
      <text x={at.baseline} y="60" text-anchor="middle">
        {text.after.baseline}
      </text>
    </svg>
  );
}
