"""Where a focus run is, counted in seconds of running only."""

from softshoe.coach.plan import Plan, stages


class Course:
    """Goes from stage to stage. A stage ends with the step that fills it."""

    def __init__(self, plan: Plan) -> None:
        self._coming = list(stages(plan))
        self._elapsed_s = 0.0
        self.stage = self._coming.pop(0)

    @property
    def left_s(self) -> float:
        return self.stage.length_s - self._elapsed_s

    @property
    def over(self) -> bool:
        return not self._coming

    def pass_time(self, running_s: float) -> None:
        self._elapsed_s += running_s
        if self.left_s <= 0 and self._coming:
            self.stage = self._coming.pop(0)
            self._elapsed_s = 0.0
