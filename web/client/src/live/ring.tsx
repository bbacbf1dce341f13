// The focus ring: the sixty seconds of a minute around the soles, open at the bottom.
import { useMemo } from "preact/hooks";
import type { Second } from "../messages";
import { type RingLook, ringPaths } from "./minute";

interface RingProps {
  seconds: readonly Second[];
  /** Held: nothing counts now. Off: nothing is known now. */
  look: RingLook;
}

export function Ring({ seconds, look }: RingProps) {
  const key = `${look} ${seconds.join()}`;
  const paths = useMemo(() => ringPaths(seconds, look), [key]);
  return (
    <g class="clock" fill="none">
      {paths.map(([kind, d]) => (
        <path key={kind} class={`tick-${kind}`} d={d} />
      ))}
    </g>
  );
}
