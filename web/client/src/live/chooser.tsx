// Chooses the one skill that a run's minutes of attention go to.
import { useState } from "preact/hooks";
import type { Skill } from "../messages";
import { send } from "../send";
import { text } from "../strings";
import { Refused, Sheet } from "../tablet/sheet";
import { measuredBy, SKILLS } from "./skills";

interface ChooserProps {
  rig: string | null;
  chosen: Skill | null;
  close: () => void;
}

export function Chooser({ rig, chosen, close }: ChooserProps) {
  const [refused, setRefused] = useState<string | null>(null);
  const choose = async (skill: Skill | null) => {
    const answer = await send("POST", "focus", { skill });
    setRefused(answer);
    if (answer === null) close();
  };
  return (
    <Sheet title={text.focus.choose} close={close}>
      <p class="note">{text.focus.how}</p>
      <ul class="skills">
        {SKILLS.map((skill) => (
          <li key={skill}>
            <button
              type="button"
              class={skill === chosen ? "first" : ""}
              aria-pressed={skill === chosen}
              onClick={() => choose(skill)}
            >
              <b>{text.skill[skill].name}</b>
              <span>{text.skill[skill].idea}</span>
              <small>
                <i class={measuredBy(skill, rig) ? "" : "no"} />
                {measuredBy(skill, rig) ?? text.focus.noSensor}
              </small>
            </button>
          </li>
        ))}
        <li>
          <button type="button" aria-pressed={chosen === null} onClick={() => choose(null)}>
            <b>{text.focus.none}</b>
            <span>{text.focus.nonePlain}</span>
          </button>
        </li>
      </ul>
      <Refused words={refused} />
    </Sheet>
  );
}
