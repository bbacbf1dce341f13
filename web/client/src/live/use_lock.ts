// Feeds the lock with touches and time.
import { useEffect, useReducer, useRef } from "preact/hooks";
import { type Lock, type LockEvent, lock, UNLOCKED } from "./lock";
import type { Mode } from "./model";

const LOOK_MS = 250;

/** Puts an open sheet away when it locks. */
export function useLock(mode: Mode, sheet: boolean, close: () => void) {
  const [state, take] = useReducer(
    (before: Lock, event: LockEvent) => lock(before, event, performance.now() / 1000),
    UNLOCKED,
  );
  const now = useRef({ mode, sheet });
  now.current = { mode, sheet };
  useEffect(() => {
    const timer = setInterval(() => take({ name: "time", ...now.current }), LOOK_MS);
    const touch = () => take({ name: "touch" });
    window.addEventListener("pointerdown", touch);
    window.addEventListener("keydown", touch);
    return () => {
      clearInterval(timer);
      window.removeEventListener("pointerdown", touch);
      window.removeEventListener("keydown", touch);
    };
  }, []);
  useEffect(() => {
    if (state.locked) close();
  }, [state.locked]);
  return { locked: state.locked, unlock: () => take({ name: "unlock" }) };
}
