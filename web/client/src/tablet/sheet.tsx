// A sheet over the whole screen for what is chosen or typed. Escape and the button put it away.
import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { text } from "../strings";

interface SheetProps {
  title: string;
  close: () => void;
  children: ComponentChildren;
}

export function Sheet({ title, close, children }: SheetProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    dialog.current?.showModal();
    dialog.current?.querySelector<HTMLElement>("[data-first]")?.focus(); // what is typed into first
  }, []);
  return (
    <dialog ref={dialog} class="sheet" aria-labelledby="sheet-title" onClose={close}>
      <header>
        <h2 id="sheet-title">{title}</h2>
        <button type="button" onClick={close}>
          {text.back}
        </button>
      </header>
      {children}
    </dialog>
  );
}

/** Why the daemon did not do what was asked. */
export function Refused({ words }: { words: string | null }) {
  return (
    <p class="refused" role="alert">
      {words}
    </p>
  );
}
