// What this tablet shows in its corners, in which units, and when it marks laps.
import { supported } from "../sound/sound";
import { text } from "../strings";
import { type Change, CORNERS, LAPS, type Settings, UNITS } from "./settings";
import { Sheet } from "./sheet";

interface NumbersSheetProps {
  settings: Settings;
  change: Change;
  close: () => void;
}

export function NumbersSheet({ settings, change, close }: NumbersSheetProps) {
  const { units, laps } = settings;
  const corner = (side: "left" | "right") => (
    <Choice
      name={text.numbers[side]}
      options={CORNERS}
      chosen={settings[side]}
      choose={(chosen) => change({ [side]: chosen })}
      say={(option) => text.numbers.corner[option]}
    />
  );
  return (
    <Sheet title={text.numbers.title} close={close}>
      <div class="choices">
        {corner("left")}
        {corner("right")}
        <div>
          <Choice
            name={text.numbers.units}
            options={UNITS}
            chosen={units}
            choose={(chosen) => change({ units: chosen })}
            say={(option) => text.numbers.unit[option]}
          />
          <Choice
            name={text.numbers.laps}
            options={LAPS}
            chosen={laps}
            choose={(chosen) => change({ laps: chosen })}
            say={(option) => text.numbers.lap[option]}
          />
          <Clicks settings={settings} change={change} />
        </div>
      </div>
    </Sheet>
  );
}

interface ChoiceProps<T extends string> {
  name: string;
  options: readonly T[];
  chosen: T;
  choose: (option: T) => void;
  say: (option: T) => string;
}

function Choice<T extends string>({ name, options, chosen, choose, say }: ChoiceProps<T>) {
  return (
    <fieldset>
      <legend>{name}</legend>
      {options.map((option) => (
        <label key={option}>
          <input
            type="radio"
            name={name}
            checked={option === chosen}
            onChange={() => choose(option)}
          />
          {say(option)}
        </label>
      ))}
    </fieldset>
  );
}

/** The option of clicks, and what this browser cannot do. */
function Clicks({ settings, change }: { settings: Settings; change: Change }) {
  const can = supported();
  return (
    <fieldset>
      <legend>{text.sound.name}</legend>
      {!can.speech && <p>{text.sound.noSpeech}</p>}
      {!can.clicks && <p>{text.sound.noClicks}</p>}
      <label hidden={!can.clicks}>
        <input
          type="checkbox"
          checked={settings.clicks}
          onChange={(event) => change({ clicks: event.currentTarget.checked })}
        />
        {text.sound.clicks}
      </label>
    </fieldset>
  );
}
