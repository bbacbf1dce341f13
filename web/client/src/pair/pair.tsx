// A screen that nobody has paired: the six digits that `softshoe pair` shows let it in.
import { useState } from "preact/hooks";
import { Mark } from "../mark";
import { DigitPad } from "../people/pad";
import { CODE } from "../people/pin";
import { send } from "../send";
import { text } from "../strings";

export function Pair({ watch }: { watch: () => void }) {
  const [name, setName] = useState(text.pair.usual);
  const pair = async (code: string) => {
    const why = await send("POST", "pair", { code, name: name.trim() || text.pair.usual });
    if (why === null) location.reload();
    return why;
  };
  return (
    <div class="pairing">
      <main>
        <header class="top">
          <Mark name={text.name} />
          <button type="button" onClick={watch}>
            {text.pair.watch}
          </button>
        </header>
        <h1>{text.pair.title}</h1>
        <p class="note">{text.pair.how}</p>
        <DigitPad
          label={text.pair.digits}
          help=""
          length={CODE}
          short={text.pair.short}
          secret={false}
          enter={text.pair.pair}
          submit={pair}
        />
        <label class="typed">
          <span>{text.pair.name}</span>
          <input
            maxLength={40}
            autocomplete="off"
            value={name}
            onInput={(event) => setName(event.currentTarget.value)}
          />
        </label>
      </main>
    </div>
  );
}
