"""Who is asking, and which runs they may see and change."""

from collections.abc import Callable
from http import HTTPStatus

from flask import g, request
from msgspec import Struct

from softshoe.clock import Clock
from softshoe.errors import StoreError
from softshoe.events import Command, NewRunner, Session, Wish
from softshoe.people import GRANTS, GUEST, Runner, RunsAs, Scope, Tablet
from softshoe.roles import RunsReader
from softshoe.store.people import People
from softshoe.wishes import Wishes
from softshoe_web.access import Right
from softshoe_web.logins import Logins
from softshoe_web.problems import Problem
from softshoe_web.throttle import Throttle

COOKIE = "softshoe_token"
HERE = "here"
AT_THE_MACHINE: frozenset[Scope] = GRANTS["runner"] | GRANTS["admin"]

NO_RUN = "There is no such run."
NOT_PAIRED = "This screen is not paired: type softshoe pair on the treadmill's computer."
NOT_ALLOWED = "This screen was not paired for that."
LOG_IN = "Log in first."


class Asking(Struct, frozen=True):
    """Who sent a request: a paired tablet or the machine's own screen, and the runner on it."""

    at: str | None
    grants: frozenset[Scope]
    runner: Runner | None
    tablet: Tablet | None = None


class Door:
    """Tells people apart by tokens and logins, never by an address.

    ``at_the_machine``: the page can be reached from the machine itself only, so that everybody who
    asks is there.
    """

    def __init__(
        self,
        people: People,
        runs: RunsReader,
        wishes: Wishes,
        clock: Clock,
        *,
        at_the_machine: bool,
    ) -> None:
        self.people = people
        self.clock = clock
        self.logins = Logins(clock.monotonic_s)
        self.codes = Throttle(clock.monotonic_s)
        self.pins = Throttle(clock.monotonic_s)
        self._runs = runs
        self._wishes = wishes
        self._at_the_machine = at_the_machine

    # --- who asks -----------------------------------------------------------------------------

    def asking(self) -> Asking:
        """Who sent the present request."""
        if "asking" not in g:
            g.asking = self._recognise(request.cookies.get(COOKIE))
        found: Asking = g.asking
        return found

    def _recognise(self, token: str | None) -> Asking:
        tablet = self.people.tablets.of_token(token) if token else None
        grants = GRANTS[tablet.scope] if tablet else frozenset()
        if self._at_the_machine:
            grants |= AT_THE_MACHINE
        at = tablet.tablet if tablet else HERE if self._at_the_machine else None
        return Asking(at, grants, self.logins.runner_on(at) if at else None, tablet)

    def check(self, right: Right) -> None:
        """Problem when whoever asks has not this right."""
        if right == "anyone":
            return
        asking = self.asking()
        if asking.at is None:
            raise Problem(HTTPStatus.UNAUTHORIZED, NOT_PAIRED)
        if right not in asking.grants:
            raise Problem(HTTPStatus.FORBIDDEN, NOT_ALLOWED)

    def grants(self, right: Right) -> bool:
        """Whether whoever asks has this right; while the database fails, no tablet has any."""
        try:
            return right in self.asking().grants
        except StoreError:
            return False

    def runner(self) -> Runner:
        """Who is logged in; Problem when nobody is."""
        runner = self.asking().runner
        if runner is None:
            raise Problem(HTTPStatus.FORBIDDEN, LOG_IN)
        return runner

    def tablet(self) -> str:
        """Where whoever asks would be logged in. `check` comes first."""
        at = self.asking().at
        assert at is not None
        return at

    # --- whose runs ---------------------------------------------------------------------------

    def owners(self) -> frozenset[str]:
        """Runners whose runs whoever asks may see: their own when logged in, else guests'.

        A coach sees those who agreed to it as well.
        """
        asking = self.asking()
        if asking.runner:
            return frozenset({asking.runner.runner})
        agreed = self.people.runners.of_coach() if "coach" in asking.grants else []
        return frozenset({GUEST, *(runner.runner for runner in agreed)})

    def owners_named(self, name: str | None) -> frozenset[str]:
        """Those of `owners` who have this name; with none given, all."""
        owners = self.owners()
        if name is None:
            return owners
        return owners & {each.runner for each in self.people.runners.all() if each.name == name}

    def seen(self, session: str) -> Session:
        """A run that they may see; else there is none."""
        return self._found(session, lambda owner: owner in self.owners())

    def changeable(self, session: str) -> Session:
        """A run that they may change: their own, or a guest's while nobody is logged in."""
        runner = self.asking().runner
        return self._found(session, lambda owner: owner == (runner.runner if runner else GUEST))

    def _found(self, session: str, mine: Callable[[str], bool]) -> Session:
        found = self._runs.session(session)
        if found is None or not mine(found.runner):
            raise Problem(HTTPStatus.NOT_FOUND, NO_RUN)
        return found

    # --- who runs -----------------------------------------------------------------------------

    def log_in(self, runner: Runner) -> None:
        self.logins.log_in(self.tablet(), runner)
        self._look_again()

    def log_out(self, tablet: str | None = None) -> None:
        """Whoever is logged in on a tablet; left out, on the one that asks."""
        self.logins.log_out(tablet or self.tablet())
        self._look_again()

    def _look_again(self) -> None:
        """The present request has changed who is asking, and perhaps who runs."""
        g.pop("asking", None)
        self._tell_who_runs()

    def change(self, runner: Runner) -> None:
        """They chose something anew."""
        self.logins.change(runner)
        self._tell_who_runs()

    def erase(self, runner: Runner) -> None:
        """Everything of them, and the run that they are in the middle of."""
        if any(session.state == "open" for session in self._runs.sessions(1, of=[runner.runner])):
            self._end_the_run()
        self.people.erase_runner(runner.runner)
        self.logins.forget(runner.runner)
        self._tell_who_runs()

    def erase_run(self, session: Session) -> None:
        if session.state == "open":
            self._end_the_run()
        self.people.erase_session(session.session)

    def wish(self, wish: Wish) -> None:
        """Hand it to the pipeline. Problem when that takes none."""
        if not self._wishes.put(wish):
            raise Problem(HTTPStatus.SERVICE_UNAVAILABLE)

    @property
    def belt_is_measured(self) -> bool:
        return self._wishes.belt_is_measured

    def _end_the_run(self) -> None:
        """For good: the next step is another run's."""
        self.wish(Command(0.0, "stop"))
        self.wish(Command(0.0, "start"))

    def take(self, event: NewRunner | Session) -> None:
        """Learn from the run itself; called by one thread."""
        if self.logins.take(event):
            self._tell_who_runs()

    def expire(self) -> None:
        """Log out who has not done anything for long; to be called often."""
        if self.logins.expire():
            self._tell_who_runs()

    def _tell_who_runs(self) -> None:
        runner = self.logins.newest
        self._wishes.put(RunsAs(0.0, runner.runner, runner.alias) if runner else RunsAs(0.0))
