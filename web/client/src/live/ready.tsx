// Before the run: what the sensors say, and that running is all it takes.
import { whole } from "../format";
import { SOLE } from "../mark";
import { text } from "../strings";
import type { SheetName } from "../tablet/menu";
import type { Model } from "./model";
import { skillChosen } from "./moment";
import { Fact, SensorLine } from "./sensors";

interface ReadyProps {
  model: Model;
  open: (sheet: SheetName) => void;
}

export function Ready({ model, open }: ReadyProps) {
  const sources = model.health?.sources ?? [];
  const chosen = skillChosen(model.focus);
  const found = sources.some((source) => source.state === "live");
  return (
    <>
      <h1 class="headline">{found ? text.ready : text.noSensors}</h1>
      <svg class="dial" viewBox="-280 -280 560 560" aria-hidden="true">
        <circle class="hair" r="262" fill="none" />
        <path class={found ? "sole" : "sole off"} transform="translate(-163 -198)" d={SOLE} />
        <path
          class={found ? "sole" : "sole off"}
          transform="translate(163 -198) scale(-1 1)"
          d={SOLE}
        />
      </svg>
      <div class="go">
        <p class="go-say">{text.startRunning}</p>
        <p class="note">{text.startsWith}</p>
        <div class="go-more">
          <button type="button" onClick={() => open("focus")}>
            {chosen ? text.skill[chosen] : text.focus.choose}
          </button>
          {document.body.dataset.history && (
            <a class="btn" href="/runs">
              {text.runs}
            </a>
          )}
        </div>
      </div>
      <div class="words">
        {sources.map((source) => (
          <SensorLine key={source.name} source={source} />
        ))}
        <Weight model={model} />
        <Walking model={model} />
      </div>
    </>
  );
}

function Weight({ model }: { model: Model }) {
  const known = model.state?.body_weight_n != null;
  return (
    <Fact good={known} name={text.weight}>
      {known ? text.weightKnown : text.weightLater}
    </Fact>
  );
}

function Walking({ model }: { model: Model }) {
  if (model.state?.activity !== "walk") return null;
  return (
    <Fact good name={text.walking}>
      {`${whole(model.state.cadence_spm)} ${text.cadence}`}
    </Fact>
  );
}
