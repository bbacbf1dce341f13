// After the run: what was best, what to work on, what the focus came to, and where the run goes.
import { clock } from "../format";
import type { Model } from "../live/model";
import type { RunsPractice, Window } from "../messages";
import { mayRun, type Person } from "../people/me";
import { linesOf, ratesOf } from "../runs/lines";
import { text } from "../strings";
import type { Units } from "../tablet/settings";
import { distance } from "../tablet/units";
import { Actions } from "./actions";
import { Figures } from "./figures";
import { Picture } from "./picture";
import { type RunRead, useRunRead } from "./reading";
import { Result } from "./result";
import { best, toWorkOn } from "./sentences";

interface DoneProps {
  model: Model;
  person: Person;
  units: Units;
}

export function Done({ model, person, units }: DoneProps) {
  const { state } = model;
  const whose = person.me?.runner?.name ?? text.after.guest;
  return (
    <>
      <h1 class="after-title">
        {state && [whose, clock(state.running_s).text, way(state.distance_m, units)].join(", ")}
      </h1>
      {state?.session && mayRun(person.me) && (
        <Came
          key={`${state.session} ${whose}`}
          session={state.session}
          line={state.line_valr_bw_s}
          written={state.durable_step}
          person={person}
          units={units}
        />
      )}
    </>
  );
}

function way(metres: number | null, units: Units): string {
  return metres === null
    ? text.after.title
    : `${distance(metres, units)} ${text.corner.distance[units]}`;
}

interface CameProps {
  session: string;
  line: number | null;
  written: number | null;
  person: Person;
  units: Units;
}

function Came({ session, line, written, person, units }: CameProps) {
  const read = useRunRead(session, written);
  if (read === null) return <p class="note after-note">{text.loading}</p>;
  return (
    <>
      <Words read={read} line={line} />
      <Middle read={read} units={units} />
      <Picture
        lines={linesOf(read.run, read.columns)}
        windows={mindedIn(read.practice)}
        line={line}
      />
      <div class="rule" />
      <Actions run={read.run} person={person} />
    </>
  );
}

function mindedIn({ came }: RunsPractice): Window[] {
  return came.flatMap(({ practised }) => practised.windows);
}

function Words({ read, line }: { read: RunRead; line: number | null }) {
  const { run, practice, columns } = read;
  const { t_s, side } = columns;
  const steps = { t_s, side, rates: ratesOf(run, columns), minded: mindedIn(practice) };
  const told = { run, practice, steps, line };
  return (
    <>
      <section class="say best">
        <h2>{text.after.best}</h2>
        <p>{best(told)}</p>
      </section>
      <section class="say work">
        <h2>{text.after.work}</h2>
        <p>{toWorkOn(told)}</p>
      </section>
    </>
  );
}

/** The last focus of the run; without one, its numbers. */
function Middle({ read, units }: { read: RunRead; units: Units }) {
  const came = read.practice.came.at(-1);
  if (!came) return <Figures run={read.run} units={units} />;
  return <Result key={came.practised.result.skill} came={came} session={read.run.session} />;
}
