// One skill so far: minutes practised, what un-cued running has become, each run's result.
import { clock, signed, whole } from "../format";
import type { SkillSoFar } from "../messages";
import { Figure } from "../runs/runs";
import { text } from "../strings";
import type { Units } from "../tablet/settings";
import { speed } from "../tablet/units";
import { HEIGHT, type Mark, marks, pairs, pathThrough, RIGHT, type Which, WIDTH } from "./progress";

export function Skill({ skill, units }: { skill: SkillSoFar; units: Units }) {
  const { trend, title } = skill;
  const minutes = whole(trend.practised_s / 60);
  return (
    <section class="so-far" aria-label={title}>
      <h2>{title}</h2>
      <Figure
        value={trend.practised_s < 60 ? clock(trend.practised_s).text : minutes}
        name={`${text.mine.minutes(minutes)} ${text.mine.inRuns(trend.runs)}`}
      />
      <Course skill={skill} />
      <p class="note">{inWords(skill, units)}</p>
    </section>
  );
}

/** What the trend says, within its noise; without one, why. */
function inWords({ trend }: SkillSoFar, units: Units): string {
  const yours = trend.yours ? [text.mine.yours] : [];
  if (trend.metric === null) return [...yours, text.mine.noSensor].join(" ");
  const { learned, change, noise, belt_m_s } = trend;
  if (learned === "unknown" || change === null || noise === null) return text.mine.notYet;
  if (learned === "same") return [...yours, text.mine.same].join(" ");
  const said = text.mine.learned(signed(change), whole(noise), unitOf(trend.metric));
  const at = belt_m_s && text.mine.atSpeed(`${speed(belt_m_s, units)} ${text.corner.speed[units]}`);
  return [...yours, at ? `${said}, ${at}.` : `${said}.`].join(" ");
}

function unitOf(metric: string | null): string {
  const words: Record<string, string> = text.mine.metric;
  return words[metric ?? "rating"] ?? "";
}

function Course({ skill }: { skill: SkillSoFar }) {
  const runs = pairs(skill);
  if (runs.length < 2) return null;
  const [alone, minded] = [marks(runs, "alone"), marks(runs, "minded")];
  return (
    <svg
      class="course"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={text.mine.picture}
    >
      <Curve of={alone} which="alone" />
      <Curve of={minded} which="minded" />
      <Ends alone={alone.at(-1)} minded={minded.at(-1)} />
      <text x="0" y={HEIGHT - 4}>
        {`${text.mine.run} 1`}
      </text>
      <text x={RIGHT} y={HEIGHT - 4} text-anchor="middle">
        {runs.length}
      </text>
      <text x={WIDTH} y={HEIGHT - 4} text-anchor="end">
        {unitOf(skill.trend.metric)}
      </text>
    </svg>
  );
}

function Curve({ of, which }: { of: Mark[]; which: Which }) {
  return (
    <>
      <path class={which === "minded" ? "curve dotted" : "curve"} d={pathThrough(of)} />
      {of.map(({ x, y }) => (
        <circle key={x} class={which === "minded" ? "dot" : "dot open"} cx={x} cy={y} r="5" />
      ))}
    </>
  );
}

const APART = 26;

/** Each line's name and last value, never on each other. */
function Ends({ alone, minded }: { alone: Mark | undefined; minded: Mark | undefined }) {
  const gap = alone && minded ? alone.y - minded.y : APART;
  const push = Math.max(0, APART - Math.abs(gap)) / 2;
  const way = gap >= 0 ? 1 : -1;
  return (
    <>
      {alone && <End mark={alone} name={text.mine.alone} y={alone.y + way * push} />}
      {minded && <End mark={minded} name={text.mine.minded} y={minded.y - way * push} />}
    </>
  );
}

function End({ mark, name, y }: { mark: Mark; name: string; y: number }) {
  return (
    <text class="k" x={mark.x + 14} y={y + 6}>
      {`${whole(mark.value)} ${name}`}
    </text>
  );
}
