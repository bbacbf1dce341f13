// The coach's wall: hears all treadmills, shows each as a tile and one of them enlarged.
import type { VNode } from "preact";
import { useEffect, useReducer, useRef, useState } from "preact/hooks";
import { Mark } from "../mark";
import { table } from "./csv";
import { answered, FOR_S, type SentCue, sentCue } from "./cues";
import type { Feed, Hear, LinkState } from "./feed";
import { isWellFormed } from "./form";
import { notes } from "./notes";
import { Panel } from "./panel";
import { Tile } from "./tile";
import { type Answer, type Heard, type Treadmill, take } from "./treadmills";
import { matches, type View, views } from "./view";
import { words } from "./words";

const DRAW_MS = 66; // what comes within so long is drawn at once
const LOOK_AGAIN_MS = 500; // time alone makes data late

interface WallProps {
  open: (hear: Hear) => Feed;
  /** The broker wants to know who this is. */
  denied: () => void;
  /** The broker was not reached at the first try. */
  unreached: () => void;
}

export function Wall({ open, denied, unreached }: WallProps) {
  const { gym, cues, answers, link, feed, now_ms } = useFeed(open, denied, unreached);
  const [sought, seek] = useState("");
  const [chosen, choose] = useState<string | null>(null);
  const all = views(gym, now_ms);
  const shown = all.filter((view) => matches(view, sought));
  const treadmill = chosen ? gym.get(chosen) : undefined;
  useEffect(() => feed.current?.look(chosen), [chosen]);
  const send = async (text: string) => {
    if (!feed.current || !chosen) return words.link.away;
    const sent_ms = performance.now();
    const { id, why } = await feed.current.say(chosen, text, FOR_S);
    if (!id) return why;
    const cue = sentCue(id, chosen, text, sent_ms);
    const early = answers.get(chosen); // the answer may come before the id
    cues.set(chosen, early ? answered(cue, chosen, early, performance.now(), clock()) : cue);
    return null;
  };
  return (
    <main class={treadmill ? "board with-panel" : "board"}>
      <header class="top">
        <Mark name={words.name} />
        <h1 class="unseen">{words.title}</h1>
        <p class="mini" role="status">
          {statusOf(all, link)}
        </p>
        <input
          type="search"
          aria-label={words.search}
          placeholder={words.search}
          value={sought}
          onInput={(event) => seek(event.currentTarget.value)}
        />
        <button type="button" onClick={() => save(table(gym, notes.all(), performance.now()))}>
          {words.table}
        </button>
      </header>
      <Tiles views={shown} all={all.length} chosen={chosen} choose={choose} />
      {treadmill && (
        <Panel
          treadmill={treadmill}
          now_ms={now_ms}
          cue={cues.get(treadmill.device) ?? null}
          send={send}
          notes={notes}
          close={() => choose(null)}
        />
      )}
    </main>
  );
}

function statusOf(all: View[], link: { state: LinkState; why: string | null }): string {
  if (link.state === "opening") return words.link.opening;
  if (link.state !== "up") return link.why ?? words.link.away;
  const count = (wanted: (view: View) => boolean) => all.filter(wanted).length;
  const running = count(({ look }) => look === "running");
  return words.counts(
    all.length,
    running,
    count(({ needs }) => needs),
  );
}

interface TilesProps {
  views: View[];
  all: number;
  chosen: string | null;
  choose: (device: string | null) => void;
}

/** A tile whose view is as it was is not drawn again. */
function Tiles({ views, all, chosen, choose }: TilesProps) {
  const drawn = useRef(new Map<string, { key: string; tile: VNode }>());
  const tiles = views.map((view) => {
    const is_chosen = view.device === chosen;
    const key = JSON.stringify([view, is_chosen]);
    const before = drawn.current.get(view.device);
    if (before?.key === key) return before.tile;
    const tile = (
      <Tile
        key={view.device}
        view={view}
        chosen={is_chosen}
        choose={() => choose(is_chosen ? null : view.device)}
      />
    );
    drawn.current.set(view.device, { key, tile });
    return tile;
  });
  if (!tiles.length) return <p class="note empty">{all ? words.noneFound : words.none}</p>;
  return <div class={`wall ${density(tiles.length)}`}>{tiles}</div>;
}

function density(count: number): string {
  return count <= 12 ? "few" : count <= 24 ? "many" : "crowd";
}

function useFeed(open: WallProps["open"], denied: () => void, unreached: () => void) {
  const [, draw] = useReducer((drawn: number, _: undefined) => drawn + 1, 0);
  const gym = useRef(new Map<string, Treadmill>());
  const cues = useRef(new Map<string, SentCue>());
  const answers = useRef(new Map<string, Answer>());
  const link = useRef<{ state: LinkState; why: string | null }>({ state: "opening", why: null });
  const feed = useRef<Feed | null>(null);
  useEffect(() => {
    let waiting: ReturnType<typeof setTimeout> | undefined;
    const soon = () => {
      waiting ??= setTimeout(() => {
        waiting = undefined;
        draw(undefined);
      }, DRAW_MS);
    };
    const hear: Hear = {
      heard(heard) {
        if (!isWellFormed(heard.path, heard.message)) return;
        if (heard.path === "answer") note(cues.current, answers.current, heard);
        else take(gym.current, heard, performance.now());
        soon();
      },
      link(state, why) {
        const first = link.current.state === "opening";
        link.current = { state, why };
        if (state === "denied") denied();
        if (state === "away" && first) unreached();
        soon();
      },
    };
    feed.current = open(hear);
    const again = setInterval(soon, LOOK_AGAIN_MS);
    return () => {
      clearInterval(again);
      clearTimeout(waiting);
      feed.current?.close();
    };
  }, [open]);
  return {
    gym: gym.current,
    cues: cues.current,
    answers: answers.current,
    link: link.current,
    feed,
    now_ms: performance.now(),
  };
}

function note(
  cues: Map<string, SentCue>,
  answers: Map<string, Answer>,
  { device, message }: Heard,
): void {
  const answer = message as Answer;
  answers.set(device, answer);
  const cue = cues.get(device);
  if (cue) cues.set(device, answered(cue, device, answer, performance.now(), clock()));
}

function clock(): string {
  return new Intl.DateTimeFormat(undefined, { timeStyle: "short" }).format(new Date());
}

function save(text: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob(["\ufeff", text], { type: "text/csv" }));
  link.download = words.tableName;
  link.click();
  URL.revokeObjectURL(link.href);
}
