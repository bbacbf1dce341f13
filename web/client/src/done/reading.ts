// Reads what a run came to, when it is over and once more when all of it has been written down.
import { useEffect, useState } from "preact/hooks";
import type { RunsPractice, Session } from "../messages";
import { type Columns, FIELDS } from "../runs/lines";
import { read, readSteps } from "../runs/read";

const WRITTEN_MS = 1500; // the daemon writes once a second

export interface RunRead {
  run: Session;
  practice: RunsPractice;
  columns: Columns;
}

/** Null until it can be read. Read again whenever `again` changes. */
export function useRunRead(session: string, again: unknown): RunRead | null {
  const [found, setFound] = useState<RunRead | null>(null);
  useEffect(() => {
    let gone = false;
    const look = () =>
      readRun(session).then(
        (data) => gone || setFound(data),
        () => undefined, // not written yet, or another's by now
      );
    void look();
    const written = setTimeout(look, WRITTEN_MS);
    return () => {
      gone = true;
      clearTimeout(written);
    };
  }, [session, again]);
  return found?.run.session === session ? found : null;
}

async function readRun(session: string): Promise<RunRead> {
  const address = `/api/v1/sessions/${encodeURIComponent(session)}`;
  return {
    run: await read<Session>(address),
    practice: await read<RunsPractice>(`${address}/practice`),
    columns: await readSteps(session, FIELDS),
  };
}
