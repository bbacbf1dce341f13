// The soles: the mark at the top, and the outline every foot is drawn with.

export const SOLE =
  "M74 399 C103 399 120 378 120 347 C120 316 106 296 106 262 C106 226 136 196 142 150 " +
  "C148 100 144 50 124 22 C111 4 88 -2 67 12 C38 32 17 84 12 138 C8 188 26 226 31 268 " +
  "C34 300 29 320 30 347 C31 378 46 399 74 399 Z";

export function Mark({ name }: { name: string }) {
  return (
    <a class="mark" href="/">
      <svg viewBox="0 0 330 400" aria-hidden="true">
        <path d={SOLE} />
        <path transform="translate(330 0) scale(-1 1)" d={SOLE} />
      </svg>
      {name}
    </a>
  );
}
