"""What is known at one belt speed: its baseline, its aim, and what the windows measured there."""

from softshoe.coach.aim import Aim, take_aim
from softshoe.coach.baseline import BaselineMinute
from softshoe.coach.samples import Sample
from softshoe.coach.smoothing import Smoother
from softshoe.coaching import Baseline, History, Second, Skill
from softshoe.events import Step


class Ground:
    """One speed of a run. ``ready`` once its baseline minute is full, whatever came of it."""

    def __init__(self, skill: Skill, belt_m_s: float | None) -> None:
        self.belt_m_s = belt_m_s
        self.minute = BaselineMinute(skill, belt_m_s)
        self.today: Baseline | None = None
        self.aim: Aim | None = None
        self.window_s = 0.0
        self.windows = Sample()
        self.probe = Sample()
        self._skill: Skill = skill
        self._smoother = Smoother()

    @property
    def ready(self) -> bool:
        return self.minute.full

    def settle(self, history: History) -> None:
        """The baseline minute is full: find what to aim for."""
        self.today = self.minute.baseline()
        self.aim_again(history)

    def aim_again(self, history: History) -> None:
        """Somebody may want another target."""
        self.aim = take_aim(self._skill, self.today, history) if self.today else None

    def measure(self, step: Step, sample: Sample | None) -> None:
        """Follow the leg that counts; keep its value in ``sample`` where the phase has one."""
        if self.aim is None:
            return
        value = self.aim.signal.of(step)
        if value is not None and self.aim.side in (None, step.side):
            self._smoother.add(step.t_s, value)
            if sample is not None:
                sample.add(value, None)

    def forget_recent(self) -> None:
        """After a pause and at another speed the last steps say nothing."""
        self._smoother.clear()

    def value(self, t_s: float) -> float | None:
        """Mean of the last five steps."""
        return self._smoother.value(t_s)

    def inside(self, t_s: float) -> bool | None:
        """Whether that is on target; None when not known."""
        value = self.value(t_s)
        if self.aim is None or value is None:
            return None
        return self.aim.signal.reaches(value, self.aim.target)

    def second(self, t_s: float) -> Second:
        inside = self.inside(t_s)
        return "not_counted" if inside is None else ("inside" if inside else "outside")
