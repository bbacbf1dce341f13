// One treadmill, enlarged: its dial, its numbers, a cue, a note on the run.
import { useEffect, useState } from "preact/hooks";
import { shares, signed, UNKNOWN, whole } from "../format";
import { Dial } from "../live/dial";
import { type Mode, type Model, NOTHING } from "../live/model";
import type { Moment } from "../live/moment";
import { softness } from "../live/softness";
import type { LiveState, Side } from "../messages";
import { outcome, type SentCue, suggestions } from "./cues";
import type { Notes } from "./notes";
import type { Treadmill } from "./treadmills";
import { callOf, isOver, type Look, labelOf, lookOf, seconds, whoOf } from "./view";
import { words } from "./words";

const MODES: Record<Look, Mode> = {
  off: "not live",
  late: "not live",
  free: "ready",
  done: "done",
  paused: "paused",
  walking: "running",
  running: "running",
};

interface PanelProps {
  treadmill: Treadmill;
  now_ms: number;
  cue: SentCue | null;
  /** Null when it is on its way; else why not. */
  send: (text: string) => Promise<string | null>;
  notes: Notes;
  close: () => void;
}

export function Panel({ treadmill, now_ms, cue, send, notes, close }: PanelProps) {
  const look = lookOf(treadmill, now_ms);
  const call = callOf(treadmill, now_ms);
  const session = look === "free" || look === "off" ? null : treadmill.state?.session;
  return (
    <section class={call ? "p call" : "p"} aria-label={treadmill.device}>
      <button type="button" class="close" aria-label={words.close} onClick={close}>
        ✕
      </button>
      <h2>
        {labelOf(treadmill.device)}
        <span>{whoOf(treadmill)}</span>
      </h2>
      <p class="note sub">{subline(treadmill, look, now_ms)}</p>
      <Dial model={modelOf(treadmill)} moment={momentOf(look)} />
      <Numbers state={look === "running" ? treadmill.state : null} />
      <CueForm
        key={treadmill.device}
        offers={suggestions(call?.side ?? null, treadmill.focus?.skill ?? null)}
        send={send}
      />
      <p class="mini ack" role="status">
        {cue && outcome(cue, now_ms)}
      </p>
      {session && <NoteForm key={session} session={session} notes={notes} />}
    </section>
  );
}

function modelOf({ state, health, focus, feet }: Treadmill): Model {
  return { ...NOTHING, state, health, focus, feet };
}

function momentOf(look: Look): Moment {
  return { mode: MODES[look], cue: "gone", message: "gone" };
}

function subline(treadmill: Treadmill, look: Look, now_ms: number): string {
  const call = callOf(treadmill, now_ms);
  if (call?.side) return words.loudFor(call.side, seconds(now_ms - call.since_ms));
  if (call) return call.text;
  const { focus } = treadmill;
  if (look === "running") {
    return focus && focus.phase !== "over" ? words.skill[focus.skill] : words.noFocus;
  }
  const texts = { ...words, off: words.offline, late: words.notLive };
  return texts[look];
}

function Numbers({ state }: { state: LiveState | null }) {
  const line = Boolean(state?.line_valr_bw_s);
  const { left, right, plainLeft, plainRight, cadence, balance } = words.number;
  return (
    <div class="nums">
      <Foot state={state} side="left" label={state && !line ? plainLeft : left} />
      <Foot state={state} side="right" label={state && !line ? plainRight : right} />
      <p>
        <b>{whole(state?.cadence_spm ?? null)}</b>
        <span class="mini">{cadence}</span>
      </p>
      <p>
        <b>{shares(state?.balance_pct ?? null)[0]}</b>
        <span class="mini">{balance}</span>
      </p>
    </div>
  );
}

function Foot({ state, side, label }: { state: LiveState | null; side: Side; label: string }) {
  const reading = state && softness(state, side, state.line_valr_bw_s || null);
  const hot = reading?.has_line && isOver(reading.pct);
  const number = reading
    ? reading.has_line
      ? signed(reading.pct)
      : whole(reading.value)
    : UNKNOWN;
  return (
    <p>
      <b class={hot ? "hot" : ""}>{number}</b>
      <span class="mini">{label}</span>
    </p>
  );
}

interface CueFormProps {
  offers: string[];
  send: (text: string) => Promise<string | null>;
}

function CueForm({ offers, send }: CueFormProps) {
  const [typed, type] = useState<string | null>(null);
  const [turn, next] = useState(0);
  const [why, refuse] = useState<string | null>(null);
  const cue = typed ?? offers[turn % offers.length] ?? "";
  return (
    <form
      onSubmit={async (event) => {
        event.preventDefault();
        if (cue.trim()) refuse(await send(cue.trim()));
      }}
    >
      <textarea
        class="box"
        aria-label={words.cue}
        rows={2}
        maxLength={120}
        value={cue}
        onInput={(event) => type(event.currentTarget.value.replace(/\s/g, " "))}
      />
      <div class="row">
        <button type="submit" class="first">
          {words.send}
        </button>
        <button
          type="button"
          onClick={() => {
            type(null);
            next(turn + 1);
          }}
        >
          {words.other}
        </button>
      </div>
      {why && (
        <p class="mini ack" role="alert">
          {why}
        </p>
      )}
    </form>
  );
}

function NoteForm({ session, notes }: { session: string; notes: Notes }) {
  const [note, write] = useState(notes.of(session));
  const [where, say] = useState("");
  useEffect(() => say(""), [note]);
  return (
    <form
      class="note-form"
      onSubmit={async (event) => {
        event.preventDefault();
        say(await notes.keep(session, note));
      }}
    >
      <input
        class="box"
        aria-label={words.note}
        placeholder={words.note}
        maxLength={1000}
        value={note}
        onInput={(event) => write(event.currentTarget.value)}
      />
      <button type="submit">{words.keep}</button>
      <p class="mini" role="status">
        {where}
      </p>
    </form>
  );
}
