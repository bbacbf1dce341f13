// The lock as the runner meets it: a sheet of glass over everything, with one place to press.
import { useEffect, useRef, useState } from "preact/hooks";
import { text } from "../strings";
import { HOLD_MS } from "./lock";

/** Lets a press of one second through, and a keyboard, which does not sweat. */
export function Shield({ unlock }: { unlock: () => void }) {
  const [pressed, setPressed] = useState(false);
  const timer = useRef(0);
  const release = () => {
    clearTimeout(timer.current);
    setPressed(false);
  };
  const press = () => {
    clearTimeout(timer.current);
    timer.current = window.setTimeout(unlock, HOLD_MS);
    setPressed(true);
  };
  useEffect(() => () => clearTimeout(timer.current), []);
  return (
    <div class="shield">
      <button
        type="button"
        class={pressed ? "unlock pressed" : "unlock"}
        onPointerDown={press}
        onPointerUp={release}
        onPointerLeave={release}
        onPointerCancel={release}
        onClick={(event) => event.detail === 0 && unlock()}
      >
        <span>{pressed ? text.lock.pressed : text.lock.hold}</span>
      </button>
    </div>
  );
}
