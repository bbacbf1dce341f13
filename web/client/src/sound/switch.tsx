// Sound as one switch of the page: off at every start, on by a tap.
import { useEffect, useState } from "preact/hooks";
import { text } from "../strings";
import { type Sound, startSound, supported } from "./sound";

export interface SoundSwitch {
  sound: Sound | null;
  toggle: () => void;
}

export function useSound(): SoundSwitch {
  const [sound, set] = useState<Sound | null>(null);
  useEffect(() => () => sound?.close(), [sound]);
  const toggle = () => {
    if (sound) return set(null);
    const started = startSound();
    started.say(text.sound.spokenOn); // some tablets speak later only what began with a tap
    set(started);
  };
  return { sound, toggle };
}

export function SoundButton({ sound, toggle }: SoundSwitch) {
  if (!canSound()) return <span class="mini">{text.sound.none}</span>;
  return (
    <button type="button" role="switch" aria-checked={sound !== null} onClick={toggle}>
      <i class={sound ? "" : "no"} />
      <span>
        {text.sound.name}
        <span aria-hidden="true"> {sound ? text.sound.on : text.sound.off}</span>
      </span>
    </button>
  );
}

function canSound(): boolean {
  const { clicks, speech } = supported();
  return clicks || speech;
}
