// The few buttons of the live screen, at its top edge; all of them go while it is locked.
import { SoundButton, type SoundSwitch } from "../sound/switch";
import { text } from "../strings";
import { markLap } from "./laps";

interface BarProps {
  running: boolean;
  sound: SoundSwitch;
  menu: () => void;
  say: (words: string) => void;
}

export function Bar({ running, sound, menu, say }: BarProps) {
  return (
    <nav class="bar" aria-label={text.menu.title}>
      <button type="button" onClick={menu}>
        {text.menu.title}
      </button>
      {running && (
        <button type="button" onClick={() => markLap(say)}>
          {text.lap.name}
        </button>
      )}
      <SoundButton {...sound} />
    </nav>
  );
}
