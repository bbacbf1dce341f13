"""The footfalls of a runner, one after another, each a little different."""

from collections.abc import Iterator

import numpy as np
from numpy.random import Generator

from softshoe_hw.simulator.attention import Attention
from softshoe_hw.simulator.footfall import Footfall, Side
from softshoe_hw.simulator.parameters import Runner
from softshoe_hw.simulator.placement import Body, put_under
from softshoe_hw.simulator.sole import Shares
from softshoe_hw.simulator.two_mass import TwoMass
from softshoe_hw.simulator.typical_foot import TypicalFoot, typical_foot

_LEG_STOP_S = {"rear": 0.026, "non_rear": 0.045}
_TIRED_AFTER_S = 1800.0
_DRAW_LIMIT = 2.5
_SOLE_PCT = (13.0, 78.0)


class Running:
    """Endless footfalls at one speed of the belt, the same for the same random numbers."""

    def __init__(
        self,
        runner: Runner,
        belt_m_s: float,
        day: Generator,
        steps: Generator,
        attention: Attention,
    ) -> None:
        vary = runner.variation
        self._attention = attention
        self._runner = runner
        self._belt_m_s = belt_m_s
        self._random = steps
        self._shares = Shares()
        self._body = Body()
        contact, step, loading = (
            1.0
            + _draws(day, 3)
            * bool(runner.day)
            * np.array([vary.contact_pct, vary.step_time_pct, vary.loading_pct])
            / 100
        )
        self._step_s = step * 60.0 / runner.cadence_at(belt_m_s)
        self._contact_ms = contact * runner.contact_at(belt_m_s)
        self._valr_bw_s = loading * runner.valr_at(belt_m_s)
        left = self._typical(1.0)
        alike = not runner.contact_asymmetry_pct and not runner.loading_asymmetry_pct
        self._feet = {"left": left, "right": left if alike else self._typical(-1.0)}

    def footfalls(self, start_s: float) -> Iterator[Footfall]:
        """From ``start_s`` for ever, left and right in turn."""
        side, begun_s = self._runner.first_side, start_s
        while True:
            softer = 1 - self._runner.softens_pct / 100 * self._attention.at(start_s)
            load = self._load(side, start_s - begun_s, softer)
            yield self._placed(start_s, side, load)
            start_s += load.step_s
            side = "right" if side == "left" else "left"

    def _typical(self, left: float) -> TypicalFoot:
        """Half of each asymmetry is added on the left (+1) and taken on the right (-1)."""
        runner = self._runner
        contact = 1 + left * runner.contact_asymmetry_pct / 200
        loading = 1 + left * runner.loading_asymmetry_pct / 200
        return typical_foot(
            runner.mass_kg,
            contact * self._contact_ms,
            self._step_s,
            loading * self._valr_bw_s,
            _LEG_STOP_S[runner.strike],
        )

    def _load(self, side: Side, elapsed_s: float, softer: float) -> TwoMass:
        vary = self._runner.variation
        spread = np.array([vary.contact_pct, vary.step_time_pct, vary.loading_pct]) / 100
        contact, step, loading = 1.0 + spread * _draws(self._random, 3)
        tired = self._runner.fatigue_pct_per_10_min / 100 * min(elapsed_s, _TIRED_AFTER_S) / 600
        foot = self._feet[side]
        return foot.load(
            contact_s=foot.contact_s * contact * (1 + tired),
            step_s=foot.step_s * step * (1 + tired / 2),
            valr_bw_s=foot.mean_valr_bw_s * loading * (1 + 3 * tired) * softer,
        )

    def _placed(self, start_s: float, side: Side, load: TwoMass) -> Footfall:
        vary = self._runner.variation
        along_pct, ahead_mm, aside_mm, tilt = _draws(self._random, 4)
        landing_pct = self._runner.landing_pct + vary.landing_pct * along_pct
        middle_s = start_s + load.contact_s / 2
        footfall = Footfall(
            start_s=start_s,
            side=side,
            load=load,
            belt_m_s=self._belt_m_s,
            landing_pct=float(np.clip(landing_pct, *_SOLE_PCT)),
            heel_tilt=float(np.clip(vary.heel_tilt * tilt, -1.0, 1.0)),
            insole_length_mm=self._runner.insole_length_mm,
            body_x_mm=self._body.x_mm(middle_s),
        )
        return put_under(
            footfall,
            self._shares,
            x_mm=footfall.body_x_mm + vary.place_mm * ahead_mm,
            y_mm=self._body.y_mm(middle_s) + vary.place_mm * aside_mm,
            step_width_mm=self._runner.step_width_mm,
        )


def _draws(random: Generator, count: int) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Standard normal, without the far tails that no runner makes."""
    return np.clip(random.standard_normal(count), -_DRAW_LIMIT, _DRAW_LIMIT)
