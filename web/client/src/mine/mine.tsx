// A runner's own page: what was practised, what is next, and all runs.
import type { Exercise, Progress } from "../messages";
import { useOwnSettings } from "../people/own_settings";
import { usePresence } from "../people/presence";
import { Failed, Frame } from "../runs/frame";
import { read, useReading } from "../runs/read";
import { Runs } from "../runs/runs";
import { text } from "../strings";
import type { Units } from "../tablet/settings";
import { Skill } from "./skill";

export function Mine() {
  const person = usePresence();
  const [{ units }] = useOwnSettings(person);
  const { me } = person;
  if (me === null) return <Frame title={text.loading}>{null}</Frame>;
  const { runner } = me;
  return (
    <Frame title={runner ? text.mine.title : text.runsTitle}>
      {runner && <Practised units={units} />}
      {runner && <h2>{text.mine.runs}</h2>}
      <Runs units={units} />
    </Frame>
  );
}

function Practised({ units }: { units: Units }) {
  const reading = useReading(() => read<Progress>("/api/v1/runners/me/practice"));
  if (reading.state === "reading") return <p class="note">{text.loading}</p>;
  if (reading.state === "failed") return <Failed why={reading.why} />;
  const { skills } = reading.data;
  if (!skills.length) return <p class="note">{text.mine.noSkill}</p>;
  return (
    <>
      <Next progress={reading.data} />
      <div class="skills-so-far">
        {skills.map((skill) => (
          <Skill key={skill.skill} skill={skill} units={units} />
        ))}
      </div>
    </>
  );
}

function Next({ progress }: { progress: Progress }) {
  const { suggestion, beside, advice, credit } = progress;
  if (!suggestion) return null;
  return (
    <section class="next">
      <div>
        <h2>{text.mine.next(text.skill[suggestion.skill])}</h2>
        <p>{suggestion.why}</p>
      </div>
      <div>
        <h3 class="note">{text.mine.beside}</h3>
        <ul>
          {beside.map((exercise) => (
            <Work key={exercise.text} exercise={exercise} />
          ))}
        </ul>
        <p class="mini">
          {advice} {credit}
        </p>
      </div>
    </section>
  );
}

function Work({ exercise }: { exercise: Exercise }) {
  return (
    <li>
      <b class="mini">{text.mine.kind[exercise.kind]}</b>
      <span>{exercise.text}</span>
    </li>
  );
}
