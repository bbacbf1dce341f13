// What is found and known before the run, in words; filled round marks only for what is there.
import { whole } from "../format";
import type { Model } from "../live/model";
import { Fact, SensorLine } from "../live/sensors";
import { text } from "../strings";
import type { SheetName } from "../tablet/menu";
import type { Units } from "../tablet/settings";
import { speed } from "../tablet/units";

interface FactsProps {
  model: Model;
  units: Units;
  open: (sheet: SheetName) => void;
}

export function Facts({ model, units, open }: FactsProps) {
  return (
    <div class="words">
      {model.health?.sources.map((source) => (
        <SensorLine key={source.name} source={source} />
      ))}
      <Belt belt_m_s={model.state?.belt_m_s ?? null} units={units} open={() => open("belt")} />
      <Weight model={model} />
      <Walking model={model} />
    </div>
  );
}

interface BeltProps {
  belt_m_s: number | null;
  units: Units;
  open: () => void;
}

function Belt({ belt_m_s, units, open }: BeltProps) {
  const known = belt_m_s !== null;
  return (
    <button type="button" class="bare" onClick={open}>
      <Fact good={known} name={text.before.belt}>
        {known ? `${speed(belt_m_s, units)} ${text.corner.speed[units]}` : text.before.beltHelp}
      </Fact>
    </button>
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
