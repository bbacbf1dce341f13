"""A calibration while the daemon runs: led from outside, fed by a tap on the samples.

The tap costs the pipeline nothing: samples wait in a bounded queue, and a thread of its own leads
on and works out what they tell.
"""

import threading
from collections.abc import Callable

from msgspec.structs import replace

from softshoe.calibrating.plan import plan_for
from softshoe.calibrating.procedure import Subject, name_at
from softshoe.calibrating.progress import NotNow, Progress, Setup
from softshoe.calibrating.wizard import Order, Wizard
from softshoe.calibrations import Calibration
from softshoe.clock import Clock, rfc3339
from softshoe.errors import InputError
from softshoe.events import SampleBlock, Tick
from softshoe.hub import Hub
from softshoe.intake import Arrived, Intake
from softshoe.rigs import Rig

BLOCKS_WAITING = 2_000  # 20 to 40 s of samples
_WAIT_S = 0.1
_UNDATED = "undated"
_UNEXPECTED = "it could not be worked out; the log has more"


class Calibrator:
    """A sink in its thread; `hand` is the pipeline's, everything else may be any thread's."""

    name = "calibration"

    def __init__(
        self,
        *,
        rig: Rig,
        subject_of: Callable[[Rig, float], Subject],
        weight_n: float | None,
        hub: Hub,
        clock: Clock,
        adopt: Callable[[tuple[Calibration, ...]], None],
    ) -> None:
        """``adopt`` is told what was kept."""
        self.rig = rig
        """Which boards there are may become known later."""
        self._subject_of = subject_of
        self._weight_n = weight_n
        self._hub = hub
        self._clock = clock
        self._adopt = adopt
        self._queue = Intake(BLOCKS_WAITING)
        self._stop = threading.Event()
        self._lock = threading.Lock()
        self._wizard: Wizard | None = None
        self._streams: frozenset[str] = frozenset()
        self._progress = Progress()

    # --- samples ------------------------------------------------------------------------------

    def hand(self, arrived: Arrived) -> None:
        """Samples pass by: kept while a calibration is under way, never waited for."""
        if self._wizard:
            self._queue.put(arrived, self._stop)

    def run(self, stop: threading.Event) -> None:
        """Lead on with what passes by, until ``stop``."""
        while not stop.is_set():
            for arrived in self._queue.take(_WAIT_S):
                self._feed(arrived)
            self._work_out_if_done()

    def _feed(self, arrived: Arrived) -> None:
        item = arrived.item
        with self._lock:
            if self._wizard is None:
                return
            if isinstance(item, Tick) or (
                isinstance(item, SampleBlock) and item.stream in self._streams
            ):
                self._wizard.feed(item)

    def _work_out_if_done(self) -> None:
        with self._lock:
            wizard = self._wizard
            if not wizard or wizard.stage.doing != "done":
                return
            self._end(wizard)
        at = rfc3339(self._clock.wall()) if self._clock.synced() else None
        found: tuple[Calibration, ...] = ()
        problem: str | None = _UNEXPECTED
        try:
            found, problem = wizard.result(name_at(at) if at else _UNDATED, at), None
        except InputError as error:
            problem = str(error)
        finally:
            self._tell(found, problem)

    def _end(self, wizard: Wizard) -> None:
        """No more samples for it; what it showed last stays to be seen."""
        self._progress = Progress(stage=wizard.stage, weight_n=self._progress.weight_n)
        self._wizard = None

    def _tell(self, found: tuple[Calibration, ...], problem: str | None) -> None:
        with self._lock:
            self._progress = replace(
                self._progress,
                found=found,
                passed=all(each.passed for each in found) if found else None,
                problem=problem,
            )

    # --- orders -------------------------------------------------------------------------------

    @property
    def progress(self) -> Progress:
        with self._lock:
            if self._wizard:
                return Progress(stage=self._wizard.stage, weight_n=self._progress.weight_n)
            return self._progress

    def begin(self, setup: Setup) -> None:
        """Wait for the order to start. InputError when that cannot be calibrated, or not now."""
        weight_n = setup.weight_n or self._weight_n
        if weight_n is None:
            raise InputError("say the weight of whoever stands there: weight_n")
        rig = _part(self.rig, setup.part)
        wizard = Wizard(
            self._subject_of(rig, weight_n),
            plan_for(rig, heel_drops=setup.heel_drops, run=setup.run),
        )
        with self._lock:
            if self._wizard or self._working_out:
                raise NotNow("a calibration is under way: stop it first")
            self._wizard = wizard
            self._streams = frozenset(stream.name for stream in rig.streams)
            self._progress = Progress(weight_n=weight_n)

    def obey(self, order: Order) -> None:
        with self._lock:
            if self._wizard is None:
                raise NotNow("no calibration is under way: begin one first")
            self._wizard.obey(order)
            if order == "start" and self._wizard.stage.doing == "waiting":
                raise NotNow("no sensor is heard yet: look at the boards, then start")
            if order == "stop":
                self._end(self._wizard)

    def keep(self, *, anyway: bool = False) -> None:
        """Hand what was found to the store; from the next run on it holds."""
        with self._lock:
            progress = self._progress
            if self._wizard or not progress.found or progress.kept:
                raise NotNow("there is nothing to keep")
            if not progress.passed and not anyway:
                raise NotNow("a check failed: do what it advises and begin again, or keep anyway")
            self._progress = replace(progress, kept=True)
        for calibration in progress.found:
            self._hub.publish(calibration, self._clock.monotonic_s())
        self._adopt(progress.found)

    @property
    def _working_out(self) -> bool:
        progress = self._progress
        ended = progress.stage is not None and progress.stage.doing == "done"
        return ended and not progress.found and progress.problem is None


def _part(rig: Rig, part: str) -> Rig:
    """The streams that are wanted. InputError when the rig has none of them."""
    streams = tuple(
        stream for stream in rig.streams if part == "all" or (part == "deck") == bool(stream.deck)
    )
    if not streams:
        raise InputError(f"{rig.name} has no {part}")
    return Rig(streams)
