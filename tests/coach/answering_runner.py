"""A simulated runner who hears the coach: step numbers, not forces. The same for the same seed.

Loading = habit x day x drift x step noise, less what attention takes off after a cue. A runner who
does not respond hears the cues and lands as before.
"""

from collections.abc import Iterator
from math import exp, sqrt

import numpy as np
from msgspec import Struct

from softshoe.coach.focus import Coach
from softshoe.coach.plan import make_plan
from softshoe.coaching import Baseline, CoachEvent, Cue, Focus, FocusResult, History, Skill
from softshoe.events import Step

STEP_S = 0.35
NEIGHBOURS = 0.17
"""Correlation of a step with the one before: means of five steps then vary 1.4 times as much as
independent ones would, as those of a foot do in real trials."""


class Person(Struct, frozen=True, kw_only=True):
    """Who runs. Percentages are of the first loading rate."""

    valr_bw_s: float = 70.0
    step_sd_pct: float = 10.0
    day_sd_pct: float = 10.0
    """Between days the same again as between steps."""
    drift_sd_pct: float = 2.0
    """What the first five minutes of a run change by themselves."""
    can_pct: float = 25.0
    """How much softer this runner lands with full attention; 0 does not respond."""
    attention: float = 0.8
    """The share of cues that are heeded."""
    memory_s: float = 60.0
    """In which attention fades to a third."""
    learning_per_min: float = 0.02
    """What of the rest becomes habit with each practised minute."""
    asymmetry_pct: float = 0.0
    """How much harder the right foot lands."""


class AnsweringRunner:
    """Runs day after day; what it has learned stays."""

    def __init__(self, person: Person, seed: int) -> None:
        self.person = person
        self.learned_pct = 0.0
        self.history = History()
        self._random = np.random.default_rng(seed)
        self._attentive_pct = 0.0

    def focus_run(self, skill: Skill, warm_up_s: float) -> FocusResult | None:
        """One run to the end of its plan. The history is kept."""
        coach = Coach(make_plan(skill, self.history, warm_up_s), self.history)
        found: list[CoachEvent] = []
        for step in self._steps():
            events = list(coach.feed(step))
            found += [event for event in events if not isinstance(event, Focus)]
            for event in events:
                self._hear(event)
            if coach.phase == "over":
                break
        return self._remember(found)

    def programme(self, skill: Skill, runs: int, warm_up_s: float) -> list[FocusResult]:
        """One focus run after another, a day each."""
        results = [self.focus_run(skill, warm_up_s) for _ in range(runs)]
        return [result for result in results if result]

    def _steps(self) -> Iterator[Step]:
        """For ever."""
        person, random = self.person, self._random
        day = 1 + person.day_sd_pct / 100 * float(random.standard_normal())
        drift = person.drift_sd_pct / 100 * float(random.standard_normal())
        fresh = sqrt(1 - NEIGHBOURS**2)
        noise = float(random.standard_normal())
        fading = exp(-STEP_S / person.memory_s)
        self._attentive_pct = 0.0
        number = 0
        while True:
            for draw in random.standard_normal(256).tolist():
                noise = NEIGHBOURS * noise + fresh * draw
                t_s = STEP_S * number
                self._attentive_pct *= fading
                softer = 1 - (self.learned_pct + self._attentive_pct) / 100
                lead = (0.005 if number % 2 else -0.005) * person.asymmetry_pct
                drifted = 1 + drift * min(1.0, t_s / 300)
                valr = person.valr_bw_s * day * drifted * softer * (1 + lead)
                yield Step(
                    moment="final",
                    t_s=t_s,
                    side="right" if number % 2 else "left",
                    belt_m_s=3.5,
                    valr13_bw_s=valr * (1 + person.step_sd_pct / 100 * noise),
                )
                number += 1

    def _hear(self, event: CoachEvent) -> None:
        if isinstance(event, Cue) and self._random.random() < self.person.attention:
            self._attentive_pct = max(0.0, self.person.can_pct - self.learned_pct)

    def _remember(self, found: list[CoachEvent]) -> FocusResult | None:
        result = next((event for event in found if isinstance(event, FocusResult)), None)
        baselines = [event for event in found if isinstance(event, Baseline)]
        if result:
            minutes = result.focus_s / 60
            rest = self.person.can_pct - self.learned_pct
            self.learned_pct += rest * (1 - (1 - self.person.learning_per_min) ** minutes)
        self.history = History(
            results=(*self.history.results, *([result] if result else [])),
            baselines=(*self.history.baselines, *baselines),
        )
        return result
