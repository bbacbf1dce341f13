// Says how fast the belt runs and how steep it is where nothing measures it.
import { useState } from "preact/hooks";
import { type Field, nudge, press, type Typed, typedFrom, wish } from "../live/belt";
import { send } from "../send";
import { text } from "../strings";
import type { Units } from "./settings";
import { Refused, Sheet } from "./sheet";

const KEYS = ["1", "2", "3", "4", "5", "6", "7", "8", "9", ".", "0", "back"];
const FIELDS = ["speed", "incline"] as const;

interface BeltSheetProps {
  belt_m_s: number | null;
  units: Units;
  close: () => void;
}

export function BeltSheet({ belt_m_s, units, close }: BeltSheetProps) {
  const [typed, setTyped] = useState<Typed>(() => typedFrom(belt_m_s, units));
  const [field, setField] = useState<Field>("speed");
  const [fresh, setFresh] = useState(true); // the next digit replaces what stands there
  const [refused, setRefused] = useState<string | null>(null);
  const put = (at: Field, value: string) => setTyped((before) => ({ ...before, [at]: value }));
  const choose = (next: Field) => {
    setField(next);
    setFresh(true);
  };
  const key = (pressed: string) => {
    put(field, press(fresh && pressed !== "back" ? "" : typed[field], pressed));
    setFresh(false);
  };
  const set = async () => {
    const wanted = wish(typed, units);
    const answer = wanted ? await send("PUT", "belt", wanted) : text.belt.outside;
    setRefused(answer);
    if (answer === null) close();
  };
  return (
    <Sheet title={text.belt.title} close={close}>
      <form
        class="belt"
        onSubmit={(event) => {
          event.preventDefault();
          void set();
        }}
      >
        {FIELDS.map((each) => (
          <Entry
            key={each}
            field={each}
            units={units}
            value={typed[each]}
            chosen={each === field}
            choose={() => choose(each)}
            put={(value) => put(each, value)}
          />
        ))}
        <div class="pad">
          {KEYS.map((each) => (
            <button
              key={each}
              type="button"
              aria-label={each === "back" ? text.belt.erase : each}
              onClick={() => key(each)}
            >
              {each === "back" ? "⌫" : each}
            </button>
          ))}
        </div>
        <button type="submit" class="first">
          {text.belt.set}
        </button>
        <Refused words={refused} />
      </form>
    </Sheet>
  );
}

interface EntryProps {
  field: Field;
  units: Units;
  value: string;
  chosen: boolean;
  choose: () => void;
  put: (value: string) => void;
}

function Entry({ field, units, value, chosen, choose, put }: EntryProps) {
  const name = text.belt[field];
  const step = (way: 1 | -1) => {
    choose();
    put(nudge(value, field, way, units));
  };
  return (
    <div class={chosen ? "entry chosen" : "entry"}>
      <button type="button" aria-label={text.belt.less(name)} onClick={() => step(-1)}>
        −
      </button>
      <label>
        <input
          inputMode="none"
          autocomplete="off"
          value={value}
          onFocus={choose}
          onInput={(event) => put(event.currentTarget.value)}
        />
        <span class="note">
          {field === "incline" ? text.belt.inclineUnit : text.belt.unit[units]}
        </span>
      </label>
      <button type="button" aria-label={text.belt.more(name)} onClick={() => step(1)}>
        +
      </button>
    </div>
  );
}
