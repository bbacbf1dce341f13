// The QR code of a link that a phone fetches the run by, drawn from its matrix when asked for.
import { useState } from "preact/hooks";
import type { Link } from "../messages";
import { ask, type Refusal } from "../send";
import { text } from "../strings";
import { dark } from "./modules";

const MARGIN = 4; // a reader wants so much light around it

export function PhoneCode({ session }: { session: string }) {
  const [link, setLink] = useState<Link | null>(null);
  const [refused, setRefused] = useState<Refusal>(null);
  const show = async () => {
    const answer = await ask<Link>("POST", `sessions/${encodeURIComponent(session)}/link`, {});
    setLink(answer.data);
    setRefused(answer.why);
  };
  if (link === null) {
    return (
      <button type="button" class="qr-ask" onClick={show}>
        <b>{text.after.qr}</b>
        <span class="mini" role="status">
          {refused ?? text.after.qrHelp}
        </span>
      </button>
    );
  }
  return (
    <figure class="qr">
      <Code rows={link.qr} />
      <figcaption class="mini">{text.after.scan}</figcaption>
    </figure>
  );
}

function Code({ rows }: { rows: string[] }) {
  const size = rows.length + 2 * MARGIN;
  return (
    <svg viewBox={`0 0 ${size} ${size}`} role="img" aria-label={text.after.qrAlt}>
      <rect class="light" width={size} height={size} />
      {dark(rows).map(({ x, y, width }) => (
        <rect key={`${x} ${y}`} x={x + MARGIN} y={y + MARGIN} width={width} height="1" />
      ))}
    </svg>
  );
}
