// Asks before something that cannot be undone. Not doing it is the first button.
import { useState } from "preact/hooks";
import type { Refusal } from "../send";
import { Refused, Sheet } from "../tablet/sheet";

interface SureProps {
  title: string;
  help: string;
  yes: string;
  no: string;
  act: () => Promise<Refusal>;
  close: () => void;
}

export function Sure({ title, help, yes, no, act, close }: SureProps) {
  const [refused, setRefused] = useState<Refusal>(null);
  const go = async () => {
    const why = await act();
    setRefused(why);
    if (why === null) close();
  };
  return (
    <Sheet title={title} close={close}>
      <p class="sure">{help}</p>
      <div class="answers">
        <button type="button" class="first" onClick={close}>
          {no}
        </button>
        <button type="button" onClick={go}>
          {yes}
        </button>
      </div>
      <Refused words={refused} />
    </Sheet>
  );
}
