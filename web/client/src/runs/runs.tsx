// The list of runs, newest first; two of them can be picked and compared.
import { useState } from "preact/hooks";
import { clock, date, whole } from "../format";
import type { Session, SessionPage } from "../messages";
import { text } from "../strings";
import type { Units } from "../tablet/settings";
import { distance } from "../tablet/units";
import { Failed } from "./frame";
import { read, useReading } from "./read";

const ADDRESS = "/api/v1/sessions";
const TWO = 2;

export function Runs({ units }: { units: Units }) {
  const reading = useReading(() => read<SessionPage>(ADDRESS));
  if (reading.state === "reading") return <p class="note">{text.loading}</p>;
  if (reading.state === "failed") return <Failed why={reading.why} />;
  return <List first={reading.data} units={units} />;
}

function List({ first, units }: { first: SessionPage; units: Units }) {
  const [page, setPage] = useState(first);
  const [failed, setFailed] = useState(false);
  const [picked, setPicked] = useState<string[] | null>(null);
  const more = async () => {
    try {
      const older = await read<SessionPage>(`${ADDRESS}?before=${page.next}`);
      setPage({ ...older, sessions: [...page.sessions, ...older.sessions] });
    } catch {
      setFailed(true);
    }
  };
  const toggle = (id: string) => setPicked((before) => before && toggled(before, id));
  if (failed) return <Failed why={text.unreadable} />;
  if (!page.sessions.length) return <p>{text.noRuns}</p>;
  return (
    <>
      {page.sessions.length >= TWO && <Picking picked={picked} set={setPicked} />}
      <ul class="list">
        {page.sessions.map((session) => (
          <li key={session.session}>
            {picked && (
              <Pick
                session={session}
                picked={picked.includes(session.session)}
                toggle={() => toggle(session.session)}
              />
            )}
            <Row session={session} units={units} />
          </li>
        ))}
      </ul>
      {page.next && (
        <button type="button" onClick={more}>
          {text.moreRuns}
        </button>
      )}
    </>
  );
}

/** The last two that were picked. */
export function toggled(picked: string[], id: string): string[] {
  return picked.includes(id) ? picked.filter((each) => each !== id) : [...picked, id].slice(-TWO);
}

interface PickingProps {
  picked: string[] | null;
  set: (picked: string[] | null) => void;
}

function Picking({ picked, set }: PickingProps) {
  if (picked === null) {
    return (
      <p>
        <button type="button" onClick={() => set([])}>
          {text.mine.compare}
        </button>
      </p>
    );
  }
  const [earlier, later] = [...picked].sort().map(encodeURIComponent);
  return (
    <p class="picking">
      <button type="button" onClick={() => set(null)}>
        {text.mine.stop}
      </button>
      {later ? (
        <a class="btn first" href={`/runs/${earlier}?with=${later}`}>
          {text.mine.compareTwo}
        </a>
      ) : (
        <span role="status">{text.mine.pick}</span>
      )}
    </p>
  );
}

interface PickProps {
  session: Session;
  picked: boolean;
  toggle: () => void;
}

function Pick({ session, picked, toggle }: PickProps) {
  const when = date(session.started_at) ?? text.notDated;
  return (
    <input
      type="checkbox"
      aria-label={text.mine.pickOne(when)}
      checked={picked}
      onChange={toggle}
    />
  );
}

function Row({ session, units }: { session: Session; units: Units }) {
  const state = text.state[session.state];
  return (
    <a href={`/runs/${encodeURIComponent(session.session)}`}>
      <span class="when">
        {date(session.started_at) ?? text.notDated}
        <small>
          {[session.alias ?? whose(session), session.rig, state].filter(Boolean).join(", ")}
        </small>
      </span>
      <Numbers session={session} units={units} />
    </a>
  );
}

/** Nobody's name: a guest, or the alias that a runner chose to show. */
function whose({ runner }: Session): string {
  return runner === "guest" ? text.guest : "";
}

function Numbers({ session, units }: { session: Session; units: Units }) {
  return (
    <>
      <Figure value={clock(session.running_s).text} name={text.time} />
      <Figure value={whole(session.steps)} name={text.columns.steps} />
      <Figure value={distance(session.distance_m, units)} name={text.corner.distance[units]} />
      <Figure value={whole(session.all.cadence_spm)} name={text.cadence} />
    </>
  );
}

export function Figure({ value, name }: { value: string; name: string }) {
  return (
    <span class="figure">
      <b class="num">{value}</b>
      <small>{name}</small>
    </span>
  );
}
