"""Folds what gait tells into sessions: a run opens one, silence closes it. No clock, no file.

Time is the data's own (steps and ticks). Wall-clock dates come from anchors that are handed in;
a session that starts while the clock is not set is dated when it is.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Literal

from msgspec.structs import replace

from softshoe.clock import Anchor, rfc3339
from softshoe.events import (
    ActivityChange,
    Command,
    Conventions,
    GaitEvent,
    LiveState,
    NewRunner,
    Rejected,
    RunBegan,
    Session,
    Step,
    Tick,
)
from softshoe.means import asymmetry
from softshoe.people import GUEST, RunsAs
from softshoe.settings import SessionSettings
from softshoe.totals import Totals, contact_balance_pct

RunEvent = Step | Session | LiveState | Tick | NewRunner

_STATE_EVERY_S = 1.0
_AGAIN_EVERY_S = 10.0  # an open session is told again when it changed, at most this often


class OpenSession:
    """A session under way: when it began on three clocks, and what it adds up to."""

    def __init__(self, session: str, start_s: float, anchor: Anchor, pause_s: float) -> None:
        self.session = session
        self.last_step_s = start_s
        self.totals = Totals(pause_s)
        self.rejected: Counter[str] = Counter()
        self.laps_s: list[float] = []
        self.runner = GUEST
        self.alias: str | None = None
        self.start_s = start_s
        """The source's time at which the session's is 0."""
        self._boot = anchor.boot
        self._start_monotonic_s = anchor.monotonic_at(start_s)
        self._started = anchor.wall_at(self._start_monotonic_s)

    def date(self, anchor: Anchor) -> None:
        """Find the start's date as soon as the wall clock is set."""
        if self._started is None and anchor.boot == self._boot:
            self._started = anchor.wall_at(self._start_monotonic_s)

    def stamp(self, step: Step) -> Step:
        """The step in the session's own time."""
        self.last_step_s = max(self.last_step_s, step.t_s)
        return replace(step, session=self.session, t_s=step.t_s - self.start_s)

    def tell(self, device: str, rig: str, conventions: Conventions, *, closed: bool) -> Session:
        """The session as it stands now."""
        totals, method = self.totals, self.totals.vote.result
        left, right = (side.means(method) for side in totals.sides.values())
        return Session(
            session=self.session,
            device=device,
            runner=self.runner,
            alias=self.alias,
            rig=rig,
            state="closed" if closed else "open",
            clock="synced" if self._started else "unsynced",
            started_at=rfc3339(self._started) if self._started else None,
            ended_at=self._ended_at() if closed else None,
            boot=self._boot or None,
            started_monotonic_s=self._start_monotonic_s,
            conventions=replace(conventions, impact_method=method),
            duration_s=totals.duration_s,
            running_s=totals.running_s,
            distance_m=totals.distance_m,
            steps=totals.steps,
            rejected=dict(self.rejected),
            all=totals.all.means(method),
            left=left,
            right=right,
            asymmetry=asymmetry(left, right),
            laps_s=tuple(self.laps_s),
        )

    def _ended_at(self) -> str | None:
        """By the data's own time, so that a jump of the wall clock changes nothing."""
        if self._started is None:
            return None
        return rfc3339(self._started + timedelta(seconds=self.totals.duration_s))


class Sessions:
    """Takes gait events in data order; gives stamped steps, sessions and the live state."""

    def __init__(
        self,
        *,
        device: str,
        rig: str,
        settings: SessionSettings,
        conventions: Callable[[], Conventions],
        new_id: Callable[[], str],
    ) -> None:
        self._device = device
        self._rig = rig
        self._settings = settings
        self._conventions = conventions
        self._new_id = new_id
        self._anchor = Anchor(0.0, 0.0, None, "")
        self._open: OpenSession | None = None
        self._runner = RunsAs(0.0)
        self._stopped_s: float | None = None
        self._ran_s = 0.0
        self._activity = ActivityChange(0.0, "unknown")
        self._t_s = float("-inf")
        self._told: Session | None = None
        self._told_s = self._state_s = float("-inf")
        self._state = LiveState()

    def anchor(self, anchor: Anchor) -> None:
        """Learn which moments of the other clocks belong to the data that come next."""
        self._anchor = anchor
        if self._open:
            self._open.date(anchor)

    @property
    def start_s(self) -> float:
        """When the open session began, on the source's clock."""
        return self._open.start_s if self._open else 0.0

    @property
    def runner(self) -> RunsAs:
        """Whose the run is that goes on or comes next."""
        return self._runner

    @property
    def is_open(self) -> bool:
        return self._open is not None

    @property
    def stopped(self) -> bool:
        """Somebody has ended the run: steps do not count until the next one begins."""
        return self._stopped_s is not None

    def feed(self, event: GaitEvent | Command | RunsAs) -> Iterator[RunEvent]:
        self._t_s = max(self._t_s, event.t_s)
        match event:
            case Command(do=do):
                yield from self._obey(do, event.t_s)
            case RunsAs():
                yield from self._run_as(event)
            case RunBegan() | Step() if self._is_over(event.t_s):
                yield from self._run_after_stop(event.t_s)
            case RunBegan(t_s=began_s):
                yield from self._begin(began_s)
            case Step():
                yield from self._step(event)
            case Tick():
                yield from self._tick()
                yield event
            case ActivityChange():
                self._activity = event
            case NewRunner():
                yield event
                yield from self.close()
            case Rejected(reason=reason) if self._open and not self.stopped:
                self._open.rejected[reason] += 1

    def close(self) -> Iterator[RunEvent]:
        """Close the session that is open, if one is; who comes next is a guest at first."""
        if self._open:
            yield self._tell(self._open, closed=True)
            self._open = None
            self._runner = RunsAs(self._t_s)
            yield from self._changed_state()

    def _is_over(self, t_s: float) -> bool:
        return self._stopped_s is not None and t_s > self._stopped_s

    def _obey(self, do: str, t_s: float) -> Iterator[RunEvent]:
        runs = self._open is not None and not self.stopped
        if do == "lap":
            yield from self._mark_lap(t_s)
        elif runs and do in ("stop", "toggle"):
            self._stopped_s = self._ran_s = self._t_s
            yield from self._changed_state()  # shown as done until the next run
        elif not runs and do in ("start", "toggle"):
            self._stopped_s = None
            yield from self.close()

    def _run_as(self, runner: RunsAs) -> Iterator[RunEvent]:
        """A guest's run becomes the runner's; another's ends, unless they are still running."""
        if self._open and self._open.runner not in (GUEST, runner.runner):
            if not self.stopped and self._silence_s <= self._settings.pause_s:
                return
            self._stopped_s = None
            yield from self.close()
        self._runner = runner
        if self._open and (self._open.runner, self._open.alias) != (runner.runner, runner.alias):
            self._open.runner, self._open.alias = runner.runner, runner.alias
            yield self._tell(self._open)

    def _mark_lap(self, t_s: float) -> Iterator[RunEvent]:
        if self._open and not self.stopped:
            self._open.laps_s.append(t_s - self._open.start_s)
            yield self._tell(self._open)

    def _run_after_stop(self, t_s: float) -> Iterator[RunEvent]:
        """Running on does not count; running again after a pause is the next run."""
        if t_s - self._ran_s > self._settings.pause_s:
            self._stopped_s = None
            yield from self.close()
        self._ran_s = t_s

    def _begin(self, start_s: float) -> Iterator[Session]:
        """A run began: the session that is open goes on, or a new one opens."""
        if self._open is None:
            self._open = OpenSession(self._new_id(), start_s, self._anchor, self._settings.pause_s)
            self._open.runner, self._open.alias = self._runner.runner, self._runner.alias
            yield self._tell(self._open)

    def _step(self, step: Step) -> Iterator[RunEvent]:
        yield from self._begin(step.t_s)
        if self._open:
            stamped = self._open.stamp(step)
            if step.moment == "final":
                self._open.totals.add(stamped)
            yield stamped

    def _tick(self) -> Iterator[RunEvent]:
        if self._open:
            if self._silence_s > self._settings.silence_s:
                yield from self.close()
                return
            if self._silence_s > self._settings.pause_s:
                self._open.totals.pause()
            yield from self._told_again(self._open)
        if self._t_s - self._state_s >= _STATE_EVERY_S:
            yield from self._changed_state()

    @property
    def _silence_s(self) -> float:
        return self._t_s - self._open.last_step_s if self._open else 0.0

    def _tell(self, session: OpenSession, *, closed: bool = False) -> Session:
        self._told_s = self._t_s
        self._told = session.tell(self._device, self._rig, self._conventions(), closed=closed)
        return self._told

    def _told_again(self, session: OpenSession) -> Iterator[Session]:
        """The open session again, so that who reads it meanwhile sees how it stands."""
        if self._t_s - self._told_s < _AGAIN_EVERY_S:
            return
        before = self._told
        now = self._tell(session)
        if now != before:
            yield now

    def _changed_state(self) -> Iterator[LiveState]:
        state = self._live_state()
        if replace(state, t_s=self._state.t_s) != self._state:
            self._state_s = self._t_s
            self._state = state
            yield state

    def _live_state(self) -> LiveState:
        conventions = self._conventions()
        ready = LiveState(
            activity=self._activity.activity,
            cadence_spm=self._activity.cadence_spm,
            belt_m_s=conventions.belt_m_s,
            body_weight_n=conventions.body_weight_n,
        )
        return self._with_run(ready, self._open) if self._open else ready

    def _with_run(self, state: LiveState, session: OpenSession) -> LiveState:
        totals, last = session.totals, session.totals.last_step
        left, right, reach = totals.recent("left"), totals.recent("right"), totals.reach()
        if last:
            state = replace(
                state,
                timing_quality=last.timing_quality,
                loading_quality=last.loading_quality,
                place_quality=last.place_quality,
            )
        return replace(
            state,
            session=session.session,
            state=self._running_state(),
            t_s=self._t_s - session.start_s,
            running_s=totals.running_s,
            steps=totals.steps,
            cadence_spm=totals.cadence_spm or state.cadence_spm,
            distance_m=totals.distance_m,
            left=left,
            right=right,
            line_valr_bw_s=totals.line_valr_bw_s,
            balance_pct=contact_balance_pct(left, right),
            reach_ahead_mm=reach.reach_ahead_mm,
            reach_behind_mm=reach.reach_behind_mm,
            swing_balance_pct=reach.swing_balance_pct,
            impact_method=totals.vote.live,
        )

    def _running_state(self) -> Literal["running", "paused", "done"]:
        if self.stopped or self._silence_s > self._settings.done_s:
            return "done"
        return "paused" if self._silence_s > self._settings.pause_s else "running"
