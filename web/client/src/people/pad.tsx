// Digits in big keys, for a PIN or a code: a pad for hands, and the field that a keyboard types into.
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { text } from "../strings";
import { Refused } from "../tablet/sheet";
import { digits, isWhole, type Length, pressDigit } from "./pin";

const KEYS = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "back", "0"];

const SECRET = { type: "password" } as const; // no browser offers to keep a one-time code

interface PadProps {
  label: string;
  help: string;
  length: Length;
  /** Said when what was typed is too short. */
  short: string;
  /** Shown as dots. */
  secret: boolean;
  enter: string;
  /** What stands there as long as nothing was sent. */
  said?: string | null;
  /** Why not, or null. */
  submit: (typed: string) => Promise<string | null> | string | null;
}

export function DigitPad({
  label,
  help,
  length,
  short,
  secret,
  enter,
  said = null,
  submit,
}: PadProps) {
  const [typed, put] = useState("");
  const [refused, setRefused] = useState(said);
  const field = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => field.current?.focus(), []);
  const send = async () => {
    const why = isWhole(typed, length) ? await submit(typed) : short;
    setRefused(why);
    if (why !== short) put("");
  };
  return (
    <form
      class="digits"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <label>
        <span>{label}</span>
        <input
          ref={field}
          data-first
          {...(secret ? SECRET : {})}
          inputMode="none"
          autocomplete="one-time-code"
          value={typed}
          onInput={(event) => put(digits(event.currentTarget.value, length.most))}
        />
        <small>{help}</small>
      </label>
      <Refused words={refused} />
      <div class="pad">
        {KEYS.map((key) => (
          <button
            key={key}
            type="button"
            aria-label={key === "back" ? text.people.erase : key}
            onClick={() => put((before) => pressDigit(before, key, length))}
          >
            {key === "back" ? "⌫" : key}
          </button>
        ))}
        <button type="submit" class="first">
          {enter}
        </button>
      </div>
    </form>
  );
}
