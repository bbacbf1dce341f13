// Who can run: a tile for each of the first names; or what belongs to the one who is logged in.
import type { ComponentChildren } from "preact";
import type { Names } from "../messages";
import type { Who } from "../people/login_sheet";
import type { Person } from "../people/me";
import { initials, tiles } from "../people/pin";
import { read, useReading } from "../runs/read";
import { send } from "../send";
import { text } from "../strings";
import type { SheetName } from "../tablet/menu";

export function GuestTiles({ choose }: { choose: (who: Who) => void }) {
  const reading = useReading(() => read<Names>("/api/v1/runners"));
  if (reading.state !== "done") return <div class="names" />;
  const { shown, more } = tiles(reading.data.names);
  return (
    <div class="names">
      {shown.map((name) => (
        <Tile
          key={name}
          sign={initials(name)}
          name={name}
          help={text.before.pin}
          act={() => choose({ name })}
        />
      ))}
      {more > 0 ? (
        <Tile
          sign="…"
          name={text.before.others}
          help={text.before.othersHelp(more)}
          act={() => choose(null)}
        />
      ) : (
        <Tile
          sign="+"
          name={text.before.newName}
          help={text.before.newHelp}
          act={() => choose("new")}
        />
      )}
    </div>
  );
}

interface TileProps {
  sign: string;
  name: string;
  help: string;
  act: () => void;
}

function Tile({ sign, name, help, act }: TileProps) {
  return (
    <button type="button" onClick={act}>
      <span class="ava" aria-hidden="true">
        {sign}
      </span>
      <Caption name={name} help={help} />
    </button>
  );
}

function Caption({ name, help }: { name: string; help: string }): ComponentChildren {
  return (
    <>
      <b>{name}</b>
      <span class="mini">{help}</span>
    </>
  );
}

interface RunnerTilesProps {
  open: (sheet: SheetName) => void;
  person: Person;
  say: (words: string) => void;
}

export function RunnerTiles({ open, person, say }: RunnerTilesProps) {
  const logOut = async () => {
    const why = await send("POST", "logout", {});
    if (why !== null) say(why);
    await person.look();
  };
  return (
    <div class="names own-tiles">
      <a class="btn" href="/runs">
        <Caption name={text.before.mine} help={text.before.mineHelp} />
      </a>
      <button type="button" onClick={() => open("people")}>
        <Caption name={text.before.settings} help={text.before.settingsHelp} />
      </button>
      <button type="button" onClick={logOut}>
        <Caption name={text.before.logOut} help={text.before.logOutHelp} />
      </button>
    </div>
  );
}
