// Who is logged in on this screen. Asking counts as use, so it is asked only when it may have changed.
import { useEffect, useRef, useState } from "preact/hooks";
import type { Model } from "../live/model";
import type { Me } from "../messages";
import { ask } from "../send";

const IDLE_MS = 605_000; // a login that nobody uses ends after ten minutes
const SETTLED_MS = 2000; // what a session's end does to a login has been done by then

export interface Person {
  /** Null until it is known. */
  me: Me | null;
  look: () => Promise<void>;
}

/** Looks again when the run changes, when the daemon begins anew, and when a login may have ended. */
export function usePerson({ state, snapshots }: Model): Person {
  const [me, setMe] = useState<Me | null>(null);
  const idle = useRef<ReturnType<typeof setTimeout>>(undefined);
  const look = async () => {
    clearTimeout(idle.current);
    idle.current = setTimeout(look, IDLE_MS);
    const { data } = await ask<Me>("GET", "me");
    if (data) setMe(data);
  };
  useEffect(() => {
    void look();
    const settled = setTimeout(look, SETTLED_MS);
    return () => clearTimeout(settled);
  }, [state?.session, state?.state, snapshots]);
  useEffect(() => () => clearTimeout(idle.current), []);
  return { me, look };
}

export function mayRun(me: Me | null): boolean {
  return me?.scopes.includes("runner") ?? false;
}
