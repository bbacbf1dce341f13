// After the run: what was best, what to work on, what the focus came to, and where the run goes.
import { clock } from "../format";
import type { Model } from "../live/model";
import type { LiveState, RunsPractice, Window } from "../messages";
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
  if (state === null) return null;
  if (!state.session || !mayRun(person.me))
    return <Title whose={null} state={state} units={units} />;
  const key = `${state.session} ${person.me?.runner?.name}`;
  return <Came key={key} session={state.session} state={state} person={person} units={units} />;
}

interface TitleProps {
  whose: string | null;
  state: LiveState;
  units: Units;
}

function Title({ whose, state, units }: TitleProps) {
  const { distance_m, running_s } = state;
  const far =
    distance_m !== null && `${distance(distance_m, units)} ${text.corner.distance[units]}`;
  const parts = [whose, clock(running_s).text, far || text.after.title].filter(Boolean);
  return <h1 class="after-title">{parts.join(", ")}</h1>;
}

interface CameProps {
  session: string;
  state: LiveState;
  person: Person;
  units: Units;
}

function Came({ session, state, person, units }: CameProps) {
  const read = useRunRead(session, state.durable_step);
  if (read === "reading" || read === "not seen") {
    return (
      <>
        <Title whose={null} state={state} units={units} />
        <p class="note after-note">{read === "reading" ? text.loading : text.after.notSeen}</p>
      </>
    );
  }
  const whose = person.me?.runner?.name ?? text.after.guest;
  const line = state.line_valr_bw_s;
  return (
    <>
      <Title whose={whose} state={state} units={units} />
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
