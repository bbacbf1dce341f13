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

export type Found = RunRead | "reading" | "not seen";

/** Read again whenever `again` changes. A run that is another's is not seen. */
export function useRunRead(session: string, again: unknown): Found {
  const [found, setFound] = useState<Found>("reading");
  useEffect(() => {
    let gone = false;
    const take = (data: RunRead) => gone || setFound(data);
    const look = (otherwise: (before: Found) => Found) =>
      readRun(session).then(take, () => gone || setFound(otherwise));
    void look((before) => before); // perhaps it has not been written yet
    const written = setTimeout(look, WRITTEN_MS, notSeen);
    return () => {
      gone = true;
      clearTimeout(written);
    };
  }, [session, again]);
  return found;
}

function notSeen(before: Found): Found {
  return before === "reading" ? "not seen" : before;
}

async function readRun(session: string): Promise<RunRead> {
  const address = `/api/v1/sessions/${encodeURIComponent(session)}`;
  return {
    run: await read<Session>(address),
    practice: await read<RunsPractice>(`${address}/practice`),
    columns: await readSteps(session, FIELDS),
  };
}
