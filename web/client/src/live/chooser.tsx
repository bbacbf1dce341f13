// Chooses the one skill that a run's minutes of attention go to.
import { useState } from "preact/hooks";
import type { Chooser as Choice, Skill, SkillCard } from "../messages";
import { read, useReading } from "../runs/read";
import { send } from "../send";
import { text } from "../strings";
import { Refused, Sheet } from "../tablet/sheet";

interface ChooserProps {
  chosen: Skill | null;
  close: () => void;
}

export function Chooser({ chosen, close }: ChooserProps) {
  const reading = useReading(() => read<Choice>("/api/v1/focus"));
  const [refused, setRefused] = useState<string | null>(null);
  const choose = async (skill: Skill | null) => {
    const answer = await send("POST", "focus", { skill });
    setRefused(answer);
    if (answer === null) close();
  };
  return (
    <Sheet title={text.focus.choose} close={close}>
      {reading.state === "reading" && <p class="note">{text.loading}</p>}
      {reading.state === "failed" && <Refused words={reading.why} />}
      {reading.state === "done" && <Skills choice={reading.data} chosen={chosen} choose={choose} />}
      <Refused words={refused} />
    </Sheet>
  );
}

interface SkillsProps {
  choice: Choice;
  chosen: Skill | null;
  choose: (skill: Skill | null) => void;
}

function Skills({ choice, chosen, choose }: SkillsProps) {
  const { skills, suggestion, credit } = choice;
  return (
    <>
      <p class="note">{suggestion?.why ?? text.focus.how}</p>
      <ul class="skills">
        {skills.map((card) => (
          <li key={card.skill}>
            <Card
              card={card}
              chosen={card.skill === chosen}
              suggested={card.skill === suggestion?.skill}
              choose={() => choose(card.skill)}
            />
          </li>
        ))}
        <li>
          <button type="button" aria-pressed={chosen === null} onClick={() => choose(null)}>
            <b>{text.focus.none}</b>
            <span>{text.focus.nonePlain}</span>
          </button>
        </li>
      </ul>
      <p class="mini credit">{credit}</p>
    </>
  );
}

interface CardProps {
  card: SkillCard;
  chosen: boolean;
  suggested: boolean;
  choose: () => void;
}

function Card({ card, chosen, suggested, choose }: CardProps) {
  const { title, idea, metric, minutes } = card;
  return (
    <button type="button" class={chosen ? "first" : ""} aria-pressed={chosen} onClick={choose}>
      <b>{title}</b>
      <span>{idea}</span>
      <small>
        <i class={metric ? "" : "no"} />
        {metric ? measuredBy(metric) : text.focus.noSensor}, {text.focus.minutes(minutes)}
      </small>
      {suggested && <em>{text.focus.suggested}</em>}
    </button>
  );
}

function measuredBy(metric: string): string {
  const words: Record<string, string> = text.measuredBy;
  return words[metric] ?? text.focus.measured;
}
