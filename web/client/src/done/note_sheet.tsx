// A title and a note, kept with the run.
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { RunNote } from "../messages";
import { read, useReading } from "../runs/read";
import { type Refusal, send } from "../send";
import { text } from "../strings";
import { Refused, Sheet } from "../tablet/sheet";

interface NoteSheetProps {
  session: string;
  saved: (() => void) | undefined;
  close: () => void;
}

export function NoteSheet({ session, saved, close }: NoteSheetProps) {
  const address = `sessions/${encodeURIComponent(session)}`;
  const reading = useReading(() => read<RunNote>(`/api/v1/${address}/note`));
  const save = async (note: RunNote) => {
    const why = await send("PATCH", address, note);
    if (why === null) {
      close();
      saved?.();
    }
    return why;
  };
  return (
    <Sheet title={text.after.note.title} close={close}>
      {reading.state === "failed" && <Refused words={reading.why} />}
      {reading.state === "done" && <Words note={reading.data} save={save} />}
    </Sheet>
  );
}

function Words({ note, save }: { note: RunNote; save: (note: RunNote) => Promise<Refusal> }) {
  const [title, setTitle] = useState(note.title ?? "");
  const [words, setWords] = useState(note.note ?? "");
  const [refused, setRefused] = useState<Refusal>(null);
  const first = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => first.current?.focus(), []);
  return (
    <form
      class="noting"
      onSubmit={async (event) => {
        event.preventDefault();
        setRefused(await save({ title: title.trim() || null, note: words.trim() || null }));
      }}
    >
      <label class="typed">
        <span>{text.after.note.name}</span>
        <input
          ref={first}
          maxLength={80}
          autocomplete="off"
          value={title}
          onInput={(event) => setTitle(event.currentTarget.value)}
        />
      </label>
      <label class="typed">
        <span>{text.after.note.words}</span>
        <textarea
          maxLength={1000}
          rows={5}
          value={words}
          onInput={(event) => setWords(event.currentTarget.value)}
        />
      </label>
      <button type="submit" class="first">
        {text.after.note.save}
      </button>
      <Refused words={refused} />
    </form>
  );
}
