// Asks the daemon to do something; says in a sentence why not when it will not.
import { text } from "./strings";

type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** Null: done. Else a sentence for whoever asked. */
export type Refusal = string | null;

export type Answer<T> = { data: T; why: null } | { data: null; why: string };

export async function send(method: Method, path: string, body?: object): Promise<Refusal> {
  return (await ask<unknown>(method, path, body)).why;
}

/** What is answered; of an empty answer the data is of no worth. */
export async function ask<T>(method: Method, path: string, body?: object): Promise<Answer<T>> {
  try {
    const answer = await fetch(`/api/v1/${path}`, { method, ...json(body) });
    if (!answer.ok) return { data: null, why: await refusal(answer) };
    return { data: (answer.status === 204 ? {} : await answer.json()) as T, why: null };
  } catch {
    return { data: null, why: text.send.noLink };
  }
}

function json(body: object | undefined): RequestInit {
  if (body === undefined) return {};
  return { headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
}

/** The daemon's own words; after too many tries, when the next one is looked at. */
async function refusal(answer: Response): Promise<string> {
  const wait_s = Number(answer.headers.get("Retry-After"));
  if (answer.status === 429 && wait_s > 0) return text.send.wait(wait_s);
  try {
    const { detail } = (await answer.json()) as { detail?: unknown };
    return typeof detail === "string" && detail ? detail : text.send.failed;
  } catch {
    return text.send.failed;
  }
}
