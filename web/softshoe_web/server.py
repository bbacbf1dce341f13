"""The page as a sink: takes what the hub publishes and shows it until it is told to stop."""

import socket
import threading

from softshoe.calibrator import Calibrator
from softshoe.clock import Clock
from softshoe.events import NewRunner, Session
from softshoe.hub import Hub
from softshoe.people import Erased
from softshoe.requests import MessageShown
from softshoe.roles import RunsReader
from softshoe.settings import WebSettings
from softshoe.store.people import People
from softshoe.wishes import Wishes
from softshoe_web.app import create_app
from softshoe_web.door import Door
from softshoe_web.guard import is_loopback
from softshoe_web.listener import listen
from softshoe_web.live import TAKEN, Live
from softshoe_web.waitress_server import HttpServer
from softshoe_web.wall import Wall

POLL_S = 0.1
EVENTS_WAITING = 1_024
PAGE_THREADS = 8  # besides one for each live stream, so that streams never starve the pages


class WebServer:
    """The page and its API. Listens from the start on, so that a taken port is said early."""

    name = "web"

    def __init__(
        self,
        settings: WebSettings,
        hub: Hub,
        runs: RunsReader,
        calibrator: Calibrator,
        people: People,
        wishes: Wishes,
        clock: Clock,
        wall: Wall,
    ) -> None:
        self._settings = settings
        self._hub = hub
        self._clock = clock
        self._runs = runs
        self._calibrator = calibrator
        self._wall = wall
        here = is_loopback(settings.host)
        self._door = Door(people, runs, wishes, clock, at_the_machine=here)
        self._live = Live(clock.monotonic_s)
        self._listener: socket.socket | None = listen(settings)
        self.port: int = self._listener.getsockname()[1]
        self._events = hub.subscribe(self.name, (*TAKEN, NewRunner, Erased), EVENTS_WAITING)

    @property
    def url(self) -> str:
        host = f"[{self._settings.host}]" if ":" in self._settings.host else self._settings.host
        return f"http://{host}:{self.port}/"

    def run(self, stop: threading.Event) -> None:
        """Serve until ``stop``; then end every stream and close every connection."""
        listener = self._listener or listen(self._settings)
        self._listener = None
        self._live.begin()
        app = create_app(
            self._settings, self._live, self._runs, self._calibrator, self._door, self._wall
        )
        server = HttpServer(app, listener, self._settings.max_streams + PAGE_THREADS)
        try:
            while not stop.is_set():
                self._show()
                if not server.alive:
                    raise RuntimeError("the web server's thread ended by itself")
        finally:
            self._live.end()
            self._wall.end()
            server.close()

    def _show(self) -> None:
        for published in self._events.take(POLL_S):
            self._live.take(published)
            if isinstance(published.event, Session | NewRunner):
                self._door.take(published.event)
        while self._live.notices.shown:
            shown = MessageShown(self._live.notices.shown.popleft())
            self._hub.publish(shown, self._clock.monotonic_s())
        self._door.expire()
