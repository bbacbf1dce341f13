// All that can be asked of softshoe from the treadmill, in targets that a running hand can hit.

import { useState } from "preact/hooks";
import { send } from "../send";
import { text } from "../strings";
import { Refused, Sheet } from "./sheet";

export type SheetName = "menu" | "focus" | "belt" | "numbers" | "people";

interface MenuProps {
  running: boolean;
  belt: string;
  focus: string;
  /** Who runs; null where nobody can be logged in. */
  runner: string | null;
  open: (sheet: SheetName) => void;
  close: () => void;
}

export function Menu({ running, belt, focus, runner, open, close }: MenuProps) {
  const [refused, setRefused] = useState<string | null>(null);
  const run = async (wanted: "start" | "stop") => {
    const answer = await send("POST", "run", { do: wanted });
    setRefused(answer);
    if (answer === null) close();
  };
  return (
    <Sheet title={text.menu.title} close={close}>
      <div class="menu">
        <Item name={text.menu.focus} help={focus} act={() => open("focus")} />
        {runner && <Item name={text.people.menu} help={runner} act={() => open("people")} />}
        <Item name={text.menu.numbers} help={text.menu.numbersHelp} act={() => open("numbers")} />
        <Item name={text.belt.title} help={belt} act={() => open("belt")} />
        {running ? (
          <Item name={text.menu.stop} help={text.menu.stopHelp} act={() => run("stop")} />
        ) : (
          <Item name={text.menu.start} help={text.menu.startHelp} act={() => run("start")} />
        )}
        {document.fullscreenEnabled && (
          <Item name={text.menu.full} help={text.menu.fullHelp} act={toggleFullScreen} />
        )}
      </div>
      <Refused words={refused} />
    </Sheet>
  );
}

function Item({ name, help, act }: { name: string; help: string; act: () => void }) {
  return (
    <button type="button" onClick={act}>
      <b>{name}</b>
      <span>{help}</span>
    </button>
  );
}

function toggleFullScreen() {
  const root = document.documentElement;
  void (document.fullscreenElement ? document.exitFullscreen() : root.requestFullscreen());
}
