// A page of a runner's own goes with their login: nothing of them stays on the screen after it.
import { useEffect, useReducer, useRef } from "preact/hooks";
import { hear, type Model, NOTHING } from "../live/model";
import type { Message } from "../messages";
import { listen } from "../stream";
import { type Person, usePerson } from "./me";

/** Who is logged in; leaves for the live page when that is not who it was any more. */
export function usePresence(): Person {
  const [model, take] = useReducer(
    (before: Model, message: Message) => hear(before, message, performance.now() / 1000),
    NOTHING,
  );
  useEffect(() => listen("/api/v1/live/stream", take), []);
  const person = usePerson(model);
  const was = useRef<string | null>(null);
  useEffect(() => {
    const name = person.me?.runner?.name ?? null;
    if (was.current !== null && name !== was.current) location.replace("/");
    was.current ??= name;
  }, [person.me]);
  useEffect(() => {
    const again = (event: PageTransitionEvent) => event.persisted && location.reload();
    window.addEventListener("pageshow", again);
    return () => window.removeEventListener("pageshow", again);
  }, []);
  return person;
}
