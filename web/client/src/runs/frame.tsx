// The frame of the quiet pages: mark, way back to the live page, headline.
import type { ComponentChildren } from "preact";
import { Mark } from "../mark";
import { text } from "../strings";

export function Frame({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <div class="runs">
      <main>
        <header class="top">
          <Mark name={text.name} />
          <a class="mini" href="/">
            {text.live}
          </a>
        </header>
        <h1>{title}</h1>
        {children}
      </main>
    </div>
  );
}

export function Failed({ why }: { why: string }) {
  return (
    <>
      <p role="alert">{why}</p>
      <button type="button" onClick={() => location.reload()}>
        {text.again}
      </button>
    </>
  );
}
