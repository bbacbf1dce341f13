// The soles that stand still, in the ring that is whole when the weight has been taken.
import type { Model } from "../live/model";
import { SOLE } from "../mark";
import { ringOfFive } from "./ring";

export function Feet({ model, found }: { model: Model; found: boolean }) {
  const deck = model.about?.rig.includes("deck") ?? false;
  const weighed = model.state?.body_weight_n != null;
  const sole = found ? "sole" : "sole off";
  return (
    <svg class="dial" viewBox="-280 -280 560 560" aria-hidden="true">
      {deck ? (
        <path class={weighed ? "stand stood" : "stand"} d={ringOfFive()} />
      ) : (
        <circle class="hair" r="262" fill="none" />
      )}
      <path class={sole} transform="translate(-163 -198)" d={SOLE} />
      <path class={sole} transform="translate(163 -198) scale(-1 1)" d={SOLE} />
    </svg>
  );
}
