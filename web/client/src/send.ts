// Asks the daemon to do something; says in a sentence why not when it will not.
import { text } from "./strings";

/** Null: done. Else a sentence for whoever asked. */
export type Refusal = string | null;

export async function send(method: "POST" | "PUT", path: string, body: object): Promise<Refusal> {
  try {
    const answer = await fetch(`/api/v1/${path}`, {
      method,
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
    return answer.ok ? null : await refusal(answer);
  } catch {
    return text.send.noLink;
  }
}

/** The daemon's own words where they say more than the number of its answer. */
async function refusal(answer: Response): Promise<string> {
  if (answer.status === 401 || answer.status === 403) return text.send.notAllowed;
  if (answer.status === 404 || answer.status === 405) return text.send.notHere;
  try {
    const { detail } = (await answer.json()) as { detail?: unknown };
    return typeof detail === "string" && detail ? detail : text.send.failed;
  } catch {
    return text.send.failed;
  }
}
