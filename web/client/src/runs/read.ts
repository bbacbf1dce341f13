// Reads the API; what cannot be read is said in words, never left blank.
import { useEffect, useState } from "preact/hooks";
import type { StepColumns } from "../messages";
import { text } from "../strings";

export type Reading<T> = { state: "reading" } | { state: "failed"; why: string } | Done<T>;
interface Done<T> {
  state: "done";
  data: T;
}

export async function read<T>(address: string): Promise<T> {
  const answer = await fetch(address, { headers: { Accept: "application/json" } });
  if (answer.status === 404) throw new Error(text.noSuchRun);
  if (!answer.ok) throw new Error(text.unreadable);
  return (await answer.json()) as T;
}

/** All pages of a session's steps, one list a field. */
export async function readSteps<F extends string>(
  session: string,
  fields: readonly F[],
): Promise<StepColumns<F>["columns"]> {
  const address = `/api/v1/sessions/${encodeURIComponent(session)}/steps?fields=${fields.join(",")}`;
  const first = await read<StepColumns<F>>(`${address}&after=0`);
  const { columns } = first;
  for (let next = first.next; next !== null; ) {
    const page = await read<StepColumns<F>>(`${address}&after=${next}`);
    for (const field of fields) columns[field].push(...page.columns[field]);
    next = page.next;
  }
  return columns;
}

/** Starts `get` once, and shows how far it has come. */
export function useReading<T>(get: () => Promise<T>): Reading<T> {
  const [reading, setReading] = useState<Reading<T>>({ state: "reading" });
  useEffect(() => {
    get().then(
      (data) => setReading({ state: "done", data }),
      (error: unknown) => setReading({ state: "failed", why: whyOf(error) }),
    );
  }, []);
  return reading;
}

function whyOf(error: unknown): string {
  const known = [text.noSuchRun, text.unreadable];
  return error instanceof Error && known.includes(error.message) ? error.message : text.unreadable;
}
