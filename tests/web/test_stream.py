"""The live stream: what comes, in which order, and where it goes on after a break."""

import http.client
from collections.abc import Iterator
from contextlib import contextmanager

from msgspec.json import decode
from msgspec.structs import replace

from softshoe.events import Tick
from softshoe.hub import Published
from softshoe.people import Erased
from softshoe_web.live import FRAMES, Live
from softshoe_web.stream import stream as frames

from .runner import footfall, running
from .stage import ABOUT, HEALTH, Stage, session


class Reader:
    """Reads server-sent events one by one."""

    def __init__(self, answer: http.client.HTTPResponse) -> None:
        self.answer = answer
        self.last_id = ""

    def next(self, *, beats: bool = False) -> tuple[str, dict]:  # type: ignore[type-arg]
        """Name and data of the next event; beats are passed over unless wanted."""
        while True:
            fields = self._block()
            self.last_id = fields.get("id", self.last_id)
            if "event" in fields and (beats or fields["event"] != "beat"):
                return fields["event"], decode(fields["data"])

    def _block(self) -> dict[str, str]:
        fields = {}
        while line := self.answer.readline().decode().rstrip("\n"):
            name, _, value = line.partition(": ")
            fields[name] = value
        return fields


@contextmanager
def listening(stage: Stage, last_id: str = "", query: str = "") -> Iterator[Reader]:
    link = http.client.HTTPConnection("127.0.0.1", stage.port, timeout=5)
    headers = {"Last-Event-ID": last_id} if last_id else {}
    link.request("GET", f"/api/v1/live/stream{query}", headers=headers)
    answer = link.getresponse()
    assert answer.headers["Content-Type"] == "text/event-stream; charset=utf-8"
    try:
        yield Reader(answer)
    finally:
        answer.close()
        link.close()


def test_a_snapshot_then_each_event_as_it_comes(stage: Stage) -> None:
    stage.publish(ABOUT, HEALTH, running(), *footfall(1))
    with listening(stage) as reader:
        name, data = reader.next()
        while len(data["steps"]) < 2:  # the page may still have been taking them
            with listening(stage) as again:
                name, data = again.next()
        assert name == "snapshot"
        assert data["state"]["line_valr_bw_s"] == 60.0
        assert data["health"]["sources"][0]["name"] == "insoles"
        assert data["about"]["rig"] == "insoles"
        assert [each["event"]["moment"] for each in data["steps"]] == ["landing", "live"]
    with listening(stage) as reader:
        reader.next()
        landing, live, final = footfall(2)
        stage.publish(landing, live, final, running(), HEALTH, session())
        heard = [reader.next() for _ in range(6)]
    assert [name for name, _ in heard] == ["step", "step", "step", "state", "health", "session"]
    assert [data["event"]["moment"] for _, data in heard[:3]] == ["landing", "live", "final"]
    assert heard[0][1]["event"]["cop_path"] == [list(place) for place in landing.cop_path or ()]


def test_beats_come_when_nothing_else_does(stage: Stage) -> None:
    with listening(stage) as reader:
        assert reader.next()[0] == "snapshot"
        first = reader.next(beats=True)
        second = reader.next(beats=True)
    assert first[0] == second[0] == "beat"
    assert first[1]["data_s"] is None
    assert second[1]["server_s"] > first[1]["server_s"]


def test_a_screen_goes_on_where_it_was(stage: Stage) -> None:
    with listening(stage) as reader:
        reader.next()
        stage.publish(footfall(1)[0])
        reader.next()
        seen = reader.last_id
    stage.publish(footfall(2)[0], footfall(3)[0])
    for last_id, query in ((seen, ""), ("", f"?after={seen}")):
        with listening(stage, last_id, query) as reader:
            names_and_steps = [reader.next() for _ in range(2)]
            assert [(n, d["event"]["step"]) for n, d in names_and_steps] == [
                ("step", 2),
                ("step", 3),
            ]


def test_an_id_of_another_life_gives_a_snapshot(stage: Stage) -> None:
    with listening(stage, "0badcafe-3") as reader:
        assert reader.next()[0] == "snapshot"


def live_with(count: int) -> Live:
    live = Live(lambda: 5.0)
    for number in range(1, count + 1):
        live.take(Published(1.0, footfall(number)[0]))
    return live


def test_a_screen_that_fell_behind_gets_a_snapshot_instead_of_the_past() -> None:
    live = live_with(1)
    reader = frames(live, "")
    assert next(reader).startswith(b"retry: ")
    assert b"event: snapshot" in next(reader)
    for number in range(2, FRAMES + 3):
        live.take(Published(1.0, footfall(number)[0]))
    assert next(reader).startswith(b"event: beat")
    assert b"event: snapshot" in next(reader)


def test_ids_outside_what_is_kept_are_refused() -> None:
    live = live_with(FRAMES + 10)
    epoch = live.start()[0].decode().split("id: ")[1].split("-")[0]
    assert live.cursor_of(f"{epoch}-10") == 10
    assert live.cursor_of(f"{epoch}-9") is None
    assert live.cursor_of(f"{epoch}-{FRAMES + 11}") is None
    for nonsense in ("", "x", "-", "1-1-1", "9" * 40, "\u00e9"):
        assert live.cursor_of(nonsense) is None
        assert live.cursor_of(f"{epoch}-{nonsense}") is None
    assert live.cursor_of(f"{epoch}-\u0661") is None


def test_ticks_say_that_the_pipeline_lives_and_are_not_sent() -> None:
    live = Live(lambda: 5.0)
    live.take(Published(2.0, Tick(0.0)))
    assert live.snapshot().data_s == 2.0
    assert live.after(0, 0.0).frames == ()
    live.take(Published(3.0, HEALTH))
    assert live.snapshot().data_s == 2.0


def test_an_ended_stream_ends_and_a_new_life_begins() -> None:
    live = live_with(1)
    live.end()
    assert b"".join(frames(live, "")).startswith(b"retry: ")
    live.begin()
    reader = frames(live, "")
    assert b"event: snapshot" in [next(reader), next(reader)][1]


def test_nobodys_key_or_alias_is_in_the_stream() -> None:
    live = Live(lambda: 0.0)
    live.take(Published(0.0, session(runner="k7f3a9", alias="Hare")))
    text = b"".join(live.after(0, 0.0).frames) + live.start()[0]
    assert b"k7f3a9" not in text
    assert b"Hare" not in text
    assert replace(session()).runner == "guest"


def test_what_is_erased_is_neither_kept_nor_sent_again() -> None:
    live = Live(lambda: 0.0)
    for event in (session("s1"), running(), *footfall(1), session("s2")):
        live.take(Published(0.0, event))
    at = live.after(0, 0.0).cursor
    live.take(Published(0.0, Erased(("s2",))))
    assert live.after(at, 0.0).missed, "who read on begins anew"
    assert live.snapshot().session is None
    assert live.snapshot().steps == ()
    live.take(Published(0.0, session("s2", state="closed")))
    live.take(Published(0.0, session("s3")))
    text = b"".join(live.after(at + 1, 0.0).frames) + live.start()[0]
    assert b"s2" not in text
    assert b"s3" in text
