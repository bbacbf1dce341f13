"""A treadmill that others can reach, with people: its page, its database, and screens that ask."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec
from tests.daemon.examples import HandClock, a_session, a_step, publish
from tests.daemon.parts import wait_for

from softshoe.events import Session, Step
from softshoe.hub import Hub
from softshoe.people import Scope
from softshoe.settings import WebSettings
from softshoe.store.people import People
from softshoe.store.queries import Runs
from softshoe.store.writer import StoreWriter

from .stage import Stage, playing

PIN = "2468"
Answer = tuple[int, Any]


class Screen:
    """A browser: it keeps its cookie, and says where its pages come from."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self.headers = {"Origin": f"http://127.0.0.1:{stage.port}"}

    def ask(self, method: str, path: str, body: object = None, **headers: str) -> Answer:
        """Status, and what was answered: JSON, text, or None."""
        raw = None if body is None else msgspec.json.encode(body)
        sent = {"Content_Type": "application/json", **self.headers, **headers}
        address = path if path.startswith("/") else f"/api/v1/{path}"
        status, fields, answer = self._stage.ask(address, method, raw, **sent)
        if "set-cookie" in fields:
            self.headers["Cookie"] = fields["set-cookie"].split(";")[0]
            self.cookie = fields["set-cookie"]
        if "json" in fields.get("content-type", ""):
            return status, msgspec.json.decode(answer)
        return status, answer.decode(errors="replace") or None

    def get(self, path: str) -> Answer:
        return self.ask("GET", path)

    def post(self, path: str, body: object = None) -> Answer:
        return self.ask("POST", path, {} if body is None else body)

    def join(self, name: str) -> None:
        status, me = self.post("runners", {"name": name, "pin": PIN})
        assert (status, me["runner"]["name"]) == (200, name), me

    def log_in(self, name: str) -> None:
        status, me = self.post("login", {"name": name, "pin": PIN})
        assert (status, me["runner"]["name"]) == (200, name), me


class Gym:
    """The stage with a real database behind it, and a clock that stands."""

    def __init__(self, path: Path, host: str) -> None:
        self.path = path
        self.hub, self.clock = Hub(), HandClock()
        self.writer = StoreWriter(path, self.hub, self.clock)
        self.people = People(path, self.writer, self.clock)
        self.runs = Runs(path)
        settings = WebSettings(host=host, port=0)
        self.stage = Stage(self.runs, settings, self.hub, self.people, self.clock)  # type: ignore[arg-type]

    def screen(self) -> Screen:
        """One that nobody has paired."""
        return Screen(self.stage)

    def tablet(self, scope: Scope) -> Screen:
        """One that was paired."""
        screen = self.screen()
        code = self.people.tablets.new_code(scope)
        status, paired = screen.post("pair", {"code": code, "name": f"a {scope}'s"})
        assert (status, paired["scope"]) == (200, scope), paired
        return screen

    def key(self, name: str) -> str:
        """A runner's, which the API never tells."""
        return next(each.runner for each in self.people.runners.all() if each.name == name)

    def keep(self, session: str, steps: int = 3, **changes: object) -> Session:
        """A run of some time ago: on disk, and told to nobody."""
        kept = a_session(session, **{"state": "closed", "duration_s": 60.0, **changes})
        self.keep_run(kept, [a_step(number, session) for number in range(1, steps + 1)])
        return kept

    def keep_run(self, run: Session, steps: list[Step]) -> None:
        self.writer._journal.commit([run, *steps], self.writer.log.acknowledged)

    def tell(self, *events: object, until: Callable[[], object], what: str) -> None:
        """A run as the pipeline tells it; on disk, and the page has taken it."""
        publish(self.hub, *events)
        self.writer.take(0.0)
        self.writer._commit()
        wait_for(until, what)

    def wished(self) -> list[object]:
        return list(self.stage.wishes.take())


@contextmanager
def gym(host: str = "0.0.0.0") -> Iterator[Gym]:
    with TemporaryDirectory() as folder:
        opened = Gym(Path(folder, "softshoe.db"), host)
        try:
            with playing(opened.stage):
                yield opened
        finally:
            opened.writer.close()
