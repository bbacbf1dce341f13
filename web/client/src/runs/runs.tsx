// The list of runs, newest first. Nobody's name: a guest, or the alias a runner chose to show.
import { useState } from "preact/hooks";
import { clock, date, kilometres, whole } from "../format";
import type { Session, SessionPage } from "../messages";
import { text } from "../strings";
import { Failed, Frame } from "./frame";
import { read, useReading } from "./read";

const ADDRESS = "/api/v1/sessions";

export function Runs() {
  const reading = useReading(() => read<SessionPage>(ADDRESS));
  return (
    <Frame title={text.runsTitle}>
      {reading.state === "reading" && <p class="note">{text.loading}</p>}
      {reading.state === "failed" && <Failed why={reading.why} />}
      {reading.state === "done" && <List first={reading.data} />}
    </Frame>
  );
}

function List({ first }: { first: SessionPage }) {
  const [page, setPage] = useState(first);
  const [failed, setFailed] = useState(false);
  const more = async () => {
    try {
      const older = await read<SessionPage>(`${ADDRESS}?before=${page.next}`);
      setPage({ ...older, sessions: [...page.sessions, ...older.sessions] });
    } catch {
      setFailed(true);
    }
  };
  if (failed) return <Failed why={text.unreadable} />;
  if (!page.sessions.length) return <p>{text.noRuns}</p>;
  return (
    <>
      <ul class="list">
        {page.sessions.map((session) => (
          <Row key={session.session} session={session} />
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

function Row({ session }: { session: Session }) {
  const state = text.state[session.state];
  return (
    <li>
      <a href={`/runs/${encodeURIComponent(session.session)}`}>
        <span class="when">
          {date(session.started_at) ?? text.notDated}
          <small>
            {[session.alias ?? text.guest, session.rig, state].filter(Boolean).join(", ")}
          </small>
        </span>
        <Figure value={clock(session.running_s).text} name={text.time} />
        <Figure value={whole(session.steps)} name={text.columns.steps} />
        <Figure value={kilometres(session.distance_m)} name={text.columns.distance} />
        <Figure value={whole(session.all.cadence_spm)} name={text.cadence} />
      </a>
    </li>
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
