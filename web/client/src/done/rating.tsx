// How a skill went that nothing measures: one of five taps.
import { useState } from "preact/hooks";
import type { Came } from "../messages";
import { type Refusal, send } from "../send";
import { text } from "../strings";

const RATINGS = [1, 2, 3, 4, 5];

export function Rating({ came, session }: { came: Came; session: string }) {
  const { skill, rating } = came.practised.result;
  const [given, give] = useState(rating);
  const [refused, setRefused] = useState<Refusal>(null);
  const rate = async (each: number) => {
    const path = `sessions/${encodeURIComponent(session)}/rating`;
    const why = await send("PUT", path, { skill, rating: each });
    setRefused(why);
    if (why === null) give(each);
  };
  return (
    <section class="rating">
      <p class="note">{text.skill[skill]}</p>
      <h2 id={`rate-${skill}`}>{came.question}</h2>
      <fieldset aria-labelledby={`rate-${skill}`}>
        {RATINGS.map((each) => (
          <button
            key={each}
            type="button"
            class={each === given ? "first" : ""}
            aria-pressed={each === given}
            aria-label={text.after.stars(each)}
            onClick={() => rate(each)}
          >
            {each}
          </button>
        ))}
      </fieldset>
      <p class="mini ends">
        <span>{text.after.rate.least}</span>
        <span role="status">{refused ?? (given === null ? "" : text.after.thanks)}</span>
        <span>{text.after.rate.most}</span>
      </p>
    </section>
  );
}
