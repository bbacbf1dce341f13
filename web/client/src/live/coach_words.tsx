// What a coach has sent, over the feet: text and nothing but text. The coach is told that it was seen.
import { useEffect } from "preact/hooks";
import type { Notice } from "../messages";
import { send } from "../send";
import type { Phase } from "./moment";

export function CoachWords({ notice, phase }: { notice: Notice | null; phase: Phase }) {
  const shown = phase === "shown" ? notice : null;
  useEffect(() => {
    if (shown && document.visibilityState === "visible") void confirm(shown);
  }, [shown]);
  return (
    <div class="coach-place" role="status">
      {notice && phase !== "gone" && (
        <p key={notice.id} class={phase === "leaving" ? "coach leaving" : "coach"}>
          {notice.text}
        </p>
      )}
    </div>
  );
}

/** When another screen was faster, or the link is gone, there is nothing to say here. */
async function confirm({ id, nonce }: Notice) {
  await send("POST", `message/${encodeURIComponent(id)}/shown`, { nonce });
}
