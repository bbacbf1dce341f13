// Where the run goes: under a name, to its runner, home, or nowhere.
import { useState } from "preact/hooks";
import type { Session } from "../messages";
import { LoginSheet } from "../people/login_sheet";
import type { Person } from "../people/me";
import { Sure } from "../people/sure";
import { send } from "../send";
import { text } from "../strings";
import { NoteSheet } from "./note_sheet";
import { PhoneCode } from "./qr";

type Open = "note" | "claim" | "erase" | null;

interface ActionsProps {
  run: Session;
  person: Person;
  /** The run has another name, or another runner. */
  changed?: () => void;
  erased?: () => void;
}

export function Actions({ run, person, changed, erased }: ActionsProps) {
  const [opened, open] = useState<Open>(null);
  const close = () => open(null);
  const address = `sessions/${encodeURIComponent(run.session)}`;
  const claim = async () => {
    const why = await send("POST", `${address}/claim`, {});
    await person.look();
    if (why === null) changed?.();
    return why;
  };
  const erase = async () => {
    const why = await send("DELETE", address);
    if (why === null) erased?.();
    return why;
  };
  const guest = person.me?.runner == null;
  return (
    <div class="act">
      <button type="button" class={guest ? "" : "first"} onClick={() => open("note")}>
        {text.after.save}
      </button>
      {guest ? (
        <button type="button" class="first" onClick={() => open("claim")}>
          {text.after.claim}
        </button>
      ) : (
        <a class="btn" href="/runs">
          {text.before.mine}
        </a>
      )}
      <div class="pair">
        <a class="btn" href={`/api/v1/${address}/export/fit`} download>
          {text.after.fit}
        </a>
        <a class="btn" href={`/api/v1/${address}/export/csv`} download>
          {text.after.csv}
        </a>
      </div>
      <PhoneCode session={run.session} />
      <p class="mini kept">
        {guest ? text.after.kept : text.after.keptFor(person.me?.runner?.name ?? "")}
      </p>
      <button type="button" class="bin" onClick={() => open("erase")}>
        {text.after.erase}
      </button>
      {opened === "note" && <NoteSheet session={run.session} saved={changed} close={close} />}
      {opened === "claim" && <LoginSheet who={null} entered={claim} close={close} />}
      {opened === "erase" && (
        <Sure
          title={text.after.eraseSure}
          help={text.after.eraseHelp}
          yes={text.after.eraseYes}
          no={text.after.eraseNo}
          act={erase}
          close={close}
        />
      )}
    </div>
  );
}
