"""Which runner is logged in on which tablet. In memory only: a restart logs everybody out.

A login ends when its runner's session closes, when somebody of another weight runs (then that
tablet may say "still me" for a minute), when it is not used for ten minutes outside a run, and when
it is told to.
"""

import threading
from collections.abc import Callable

from msgspec import Struct
from msgspec.structs import replace

from softshoe.events import NewRunner, Session
from softshoe.people import GUEST, Runner

IDLE_S = 600.0
STILL_S = 60.0


class Login(Struct, frozen=True):
    """Who, and when that was last of use, in seconds of the daemon's clock."""

    runner: Runner
    since_s: float
    used_s: float


class Logins:
    """From any thread; `take` from the one that reads the hub."""

    def __init__(self, monotonic_s: Callable[[], float]) -> None:
        self._monotonic_s = monotonic_s
        self._lock = threading.Lock()
        self._logins: dict[str, Login] = {}
        self._asked: dict[str, Login] = {}
        self._running = GUEST
        self._somebody_else = False

    def log_in(self, tablet: str, runner: Runner) -> None:
        now_s = self._monotonic_s()
        with self._lock:
            self._asked.pop(tablet, None)
            self._logins[tablet] = Login(runner, now_s, now_s)

    def log_out(self, tablet: str) -> None:
        with self._lock:
            self._logins.pop(tablet, None)
            self._asked.pop(tablet, None)

    def runner_on(self, tablet: str) -> Runner | None:
        """Who is logged in; that they are asked for counts as use."""
        with self._lock:
            login = self._logins.get(tablet)
            if login is None:
                return None
            self._logins[tablet] = replace(login, used_s=self._monotonic_s())
            return login.runner

    def asked_on(self, tablet: str) -> Runner | None:
        """Who is asked whether it is still them."""
        with self._lock:
            login = self._asked.get(tablet)
            recent = login and self._monotonic_s() - login.used_s <= STILL_S
            return login.runner if login and recent else None

    @property
    def newest(self) -> Runner | None:
        """Whoever logged in last: the next run is theirs."""
        with self._lock:
            newest = max(self._logins.values(), key=lambda login: login.since_s, default=None)
            return newest.runner if newest else None

    def change(self, runner: Runner) -> None:
        """They chose something anew."""
        with self._lock:
            for tablet, login in self._logins.items():
                if login.runner.runner == runner.runner:
                    self._logins[tablet] = replace(login, runner=runner)

    def forget(self, runner: str) -> None:
        """They are erased."""
        with self._lock:
            self._end(runner)
            self._asked = {
                tablet: login
                for tablet, login in self._asked.items()
                if login.runner.runner != runner
            }

    def expire(self) -> bool:
        """End what was not used for long, except of whoever runs; whether there was any."""
        now_s = self._monotonic_s()
        with self._lock:
            idle = [
                tablet
                for tablet, login in self._logins.items()
                if login.runner.runner != self._running and now_s - login.used_s > IDLE_S
            ]
            for tablet in idle:
                del self._logins[tablet]
        return bool(idle)

    def take(self, event: NewRunner | Session) -> bool:
        """Learn how the run goes; whether some login may have ended by it."""
        with self._lock:
            if isinstance(event, NewRunner):
                self._somebody_else = True
                return False
            self._running = event.runner if event.state == "open" else GUEST
            somebody_else, self._somebody_else = self._somebody_else, False
            if event.state == "open":
                return False
            ended = self._end(event.runner)
            now_s = self._monotonic_s()
            if somebody_else:
                self._asked |= {
                    tablet: replace(login, used_s=now_s) for tablet, login in ended.items()
                }
            return True

    def _end(self, runner: str) -> dict[str, Login]:
        ended = {
            tablet: login for tablet, login in self._logins.items() if login.runner.runner == runner
        }
        for tablet in ended:
            del self._logins[tablet]
        return ended
