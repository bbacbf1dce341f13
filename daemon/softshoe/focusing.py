"""The coach of whoever runs: hears a wish for a skill and the run, tells what it comes to.

A wish before a run is for that run; it ends with the run. Steps come in the session's own time.
"""

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from softshoe.coach.focus import Coach
from softshoe.coach.plan import make_plan
from softshoe.coaching import (
    AimAt,
    Baseline,
    CoachEvent,
    Cue,
    Focus,
    FocusOn,
    FocusResult,
    Practised,
    Window,
)
from softshoe.events import LiveState, Session, Step, Tick
from softshoe.session import RunEvent
from softshoe.settings import CoachSettings

Told = Focus | Cue | Practised


class Focusing:
    """One focus at a time. `choose` and `aim` are wishes, `feed` takes what sessions tell."""

    def __init__(self, settings: CoachSettings) -> None:
        self._settings = settings
        self._coach: Coach | None = None
        self._focus: Focus | None = None
        self._session: Session | None = None
        self._result: FocusResult | None = None
        self._baselines: list[Baseline] = []
        self._windows: list[Window] = []
        self._window_from_s: float | None = None
        self._state: str = "ready"
        self._begun = False

    def choose(self, wish: FocusOn) -> Iterator[Told]:
        """Mind this skill from now on; what was minded before ends here."""
        yield from self._end()
        if wish.skill is not None:
            plan = make_plan(wish.skill, wish.history, self._settings.warm_up_s)
            self._coach = Coach(plan, wish.history)
            yield from self._told([self._coach.focus(0.0)])

    def aim(self, wish: AimAt) -> Iterator[Told]:
        if self._coach:
            yield from self._told(self._coach.feed(wish.target))

    def run_as_another(self) -> Iterator[Told]:
        """Whoever runs now has not chosen what waits; what has begun goes on."""
        if not self._begun:
            yield from self._end()

    def feed(self, event: RunEvent, start_s: float) -> Iterator[Told]:
        """``start_s``: when the session began, on the clock of ticks."""
        match event:
            case Session(state="open"):
                self._session = event
            case Session():
                self._session = event
                yield from self._end() if self._begun else ()
                self._session = None
            case LiveState(state=state):
                done = state == "done" and self._state != "done"
                self._state = state
                yield from self._practised() if done else ()
            case Step() if self._coach:
                self._begun = True
                yield from self._told(self._coach.feed(event))
            case Tick(t_s=t_s) if self._coach and self._session:
                yield from self._told(self._coach.feed(Tick(t_s - start_s)))

    # --- what the coach tells -----------------------------------------------------------------

    def _told(self, events: Iterable[CoachEvent]) -> Iterator[Told]:
        for event in events:
            match event:
                case Focus():
                    self._follow(event)
                    yield event
                case Cue():
                    yield event
                case Baseline():
                    self._baselines.append(event)
                case FocusResult():
                    self._result = event
                    yield from self._practised()

    def _follow(self, focus: Focus) -> None:
        """Note from when to when the skill is minded."""
        self._focus = focus
        minding = focus.phase == "window" and not focus.paused
        if minding and self._window_from_s is None:
            self._window_from_s = focus.t_s
        elif not minding and self._window_from_s is not None:
            self._windows.append(Window(self._window_from_s, focus.t_s))
            self._window_from_s = None

    def _practised(self) -> Iterator[Practised]:
        """The result as it stands, if there was enough of it."""
        result = self._result or self._so_far()
        if result and self._session:
            yield Practised(
                session=self._session.session,
                runner=self._session.runner,
                at=self._session.started_at,
                result=result,
                baselines=tuple(self._baselines),
                windows=tuple(self._windows),
            )

    def _so_far(self) -> FocusResult | None:
        told = self._coach.finish() if self._coach else iter(())
        return next((event for event in told if isinstance(event, FocusResult)), None)

    def _end(self) -> Iterator[Told]:
        """No more of this focus; screens are told that it is over."""
        if self._focus:
            last = replace(self._focus, phase="over", left_s=0.0)
            self._follow(last)
            yield from self._practised()
            yield last
        self._coach = self._focus = self._result = self._window_from_s = None
        self._baselines, self._windows, self._begun = [], [], False
