"""The coach of one run: steps in; focus, cues, baselines and a result out.

Only final steps count, and only by their own times, so it does not matter how often ticks come.
A final step may come 2 s after its initial contact; until then silence is no pause.
"""

from collections.abc import Iterator
from math import floor

from msgspec.structs import replace

from softshoe.coach.baseline import BASELINE_S
from softshoe.coach.course import Course
from softshoe.coach.cueing import Cueing
from softshoe.coach.ground import Ground
from softshoe.coach.minutes import Minutes
from softshoe.coach.plan import Plan
from softshoe.coach.result import focus_result
from softshoe.coach.samples import Sample
from softshoe.coach.speeds import same_speed
from softshoe.coaching import CoachEvent, Cue, Focus, History, Phase, Target
from softshoe.events import Step, Tick

PAUSE_S = 3.0
_LATE_S = 2.0


class Coach:
    """Holds what must survive from step to step of one run. Steps and ticks share one clock."""

    def __init__(self, plan: Plan, history: History | None = None) -> None:
        self._plan = plan
        self._history = history or History()
        self._course = Course(plan)
        self._minutes = Minutes()
        self._cueing = Cueing(plan)
        self._ground = Ground(plan.skill, None)
        self._grounds = [self._ground]
        self._last_s: float | None = None
        self._running_s = 0.0
        self._paused = False
        self._told: tuple[object, ...] = ()

    @property
    def phase(self) -> Phase:
        """A window waits while its speed has no baseline."""
        phase = self._course.stage.phase
        return "baseline" if phase == "window" and not self._ground.ready else phase

    def feed(self, item: Step | Tick | Target) -> Iterator[CoachEvent]:
        """What an item brings; nothing once the focus run is over."""
        if self._course.over:
            return
        match item:
            case Target():
                self._retarget(item)
            case Tick(t_s=t_s):
                yield from self._pause_before(t_s - _LATE_S)
            case Step(moment="final"):
                yield from self._pause_before(item.t_s)
                yield from self._step(item)

    def finish(self) -> Iterator[CoachEvent]:
        """The run ends here: the result of what there was."""
        if not self._course.over:
            yield from self._result()

    def focus(self, t_s: float) -> Focus:
        """How the focus run stands."""
        aim, minutes = self._ground.aim, self._minutes
        total_s = 60.0 * self._plan.minutes
        waits_s = BASELINE_S - self._ground.minute.running_s
        return Focus(
            skill=self._plan.skill,
            t_s=t_s,
            phase=self.phase,
            paused=self._paused,
            focus_run=self._plan.focus_run,
            planned_min=self._plan.minutes,
            window=self._course.stage.window,
            windows=len(self._plan.windows_min),
            left_s=waits_s if self.phase == "baseline" else self._course.left_s,
            total_s=total_s,
            done_s=min(minutes.done_s, total_s),
            on_target_s=minutes.on_target_s,
            counted_s=minutes.counted_s,
            minute=minutes.minute,
            metric=aim.signal.metric if aim else None,
            side=aim.side if aim else None,
            baseline=aim.baseline.mean if aim else None,
            target=aim.target if aim else None,
            value=self._ground.value(t_s),
        )

    # --- time ---------------------------------------------------------------------------------

    def _pause_before(self, t_s: float) -> Iterator[Focus]:
        if self._last_s is None or self._paused or t_s - self._last_s <= PAUSE_S:
            return
        self._paused = True
        self._ground.forget_recent()
        yield from self._tell(self._last_s + PAUSE_S)

    def _step(self, step: Step) -> Iterator[CoachEvent]:
        if self._last_s is not None and not self._paused:
            yield from self._pass_time(max(0.0, step.t_s - self._last_s), step.t_s)
        self._paused = False
        self._last_s = step.t_s
        self._go_to(step.belt_m_s)
        if not self._course.over:
            self._measure(step)
            yield from self._remind(step.t_s)
        yield from self._tell(step.t_s)

    def _pass_time(self, running_s: float, t_s: float) -> Iterator[CoachEvent]:
        """The time since the last step belongs to what was before this one."""
        self._running_s += running_s
        phase, ground = self.phase, self._ground
        if phase == "window":
            ground.window_s += running_s
            self._minutes.pass_time(running_s, ground.second(t_s))
        elif not ground.ready:
            ground.minute.pass_time(running_s)
            yield from self._settle(ground)
        if phase != "baseline":
            yield from self._go_on(running_s)

    def _settle(self, ground: Ground) -> Iterator[CoachEvent]:
        if ground.ready:
            ground.settle(self._history)
            if ground.today:
                yield ground.today

    def _go_on(self, running_s: float) -> Iterator[CoachEvent]:
        before = self._course.stage
        self._course.pass_time(running_s)
        if self._course.stage is before:
            return
        if self._course.stage.phase == "window":
            self._minutes.open_window()
            self._ground.forget_recent()
        if self._course.over:
            yield from self._result()

    # --- one step -----------------------------------------------------------------------------

    def _go_to(self, belt_m_s: float | None) -> None:
        """Each speed has its own baseline, found again when the speed comes again."""
        if same_speed(belt_m_s, self._ground.belt_m_s):
            return
        self._ground.forget_recent()
        known = [ground for ground in self._grounds if same_speed(belt_m_s, ground.belt_m_s)]
        if not known:
            known = [Ground(self._plan.skill, belt_m_s)]
            self._grounds += known
        self._ground = known[0]

    def _measure(self, step: Step) -> None:
        ground = self._ground
        if not ground.ready:
            ground.minute.add(step)
        else:
            samples: dict[Phase, Sample] = {"window": ground.windows, "probe": ground.probe}
            ground.measure(step, samples.get(self.phase))

    def _remind(self, t_s: float) -> Iterator[Cue]:
        if self.phase != "window":
            return
        aim, left_s = self._ground.aim, self._course.left_s
        if aim is None:
            cue = self._cueing.by_time(t_s, left_s)
        else:
            cue = self._cueing.by_measure(t_s, left_s, self._ground.inside(t_s), aim.side)
        if cue:
            yield cue

    def _retarget(self, target: Target) -> None:
        self._history = replace(self._history, targets=(*self._history.targets, target))
        for ground in self._grounds:
            if ground.ready:
                ground.aim_again(self._history)

    # --- telling ------------------------------------------------------------------------------

    def _result(self) -> Iterator[CoachEvent]:
        """At the speed at which the skill was minded longest."""
        ground = max(self._grounds, key=lambda ground: ground.window_s)
        result = focus_result(self._plan, ground, self._minutes, self._cueing.count)
        if result:
            yield result

    def _tell(self, t_s: float) -> Iterator[Focus]:
        """Once for each second of running, and when the phase or the pause changes."""
        told = (self.phase, self._course.stage.window, self._paused, floor(self._running_s))
        if told != self._told:
            self._told = told
            yield self.focus(t_s)
