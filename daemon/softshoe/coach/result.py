"""What a focus run came to: windows against today's baseline, with the noise of that change."""

import msgspec
from msgspec.structs import replace

from softshoe.coach.aim import Aim
from softshoe.coach.ground import Ground
from softshoe.coach.minutes import Minutes
from softshoe.coach.noise import judge, run_noise
from softshoe.coach.plan import Plan
from softshoe.coach.signals import Signal
from softshoe.coaching import FocusResult, Measure, Rating

LEAST_FOCUS_S = 30.0
LEAST_PROBE_STEPS = 40


def focus_result(plan: Plan, ground: Ground, minutes: Minutes, cues: int) -> FocusResult | None:
    """None when the skill was minded for less than half a minute."""
    if minutes.done_s < LEAST_FOCUS_S:
        return None
    result = FocusResult(
        skill=plan.skill,
        focus_run=plan.focus_run,
        planned_min=plan.minutes,
        focus_s=minutes.done_s,
        counted_s=minutes.counted_s,
        on_target_s=minutes.on_target_s,
        cues=cues,
        belt_m_s=ground.belt_m_s,
    )
    return _measured(result, ground)


def _measured(result: FocusResult, ground: Ground) -> FocusResult:
    aim, windows, probe = ground.aim, ground.windows.measure(), ground.probe.measure()
    if aim is None:
        return result
    result = replace(
        result,
        metric=aim.signal.metric,
        side=aim.side,
        target=aim.target,
        baseline=aim.baseline,
        windows=windows,
        probe=probe,
        retained=_retained(aim, probe),
    )
    return _compared(result, aim.signal, aim.baseline, windows) if windows else result


def _retained(aim: Aim, probe: Measure | None) -> bool | None:
    """None after a probe of a few seconds."""
    if probe is None or probe.n < LEAST_PROBE_STEPS:
        return None
    return aim.signal.reaches(probe.mean, aim.target)


def _compared(result: FocusResult, signal: Signal, before: Measure, after: Measure) -> FocusResult:
    change, noise = after.mean - before.mean, run_noise(signal, before, after)
    as_share = signal.goal is None and before.mean > 0
    return replace(
        result,
        change=change,
        noise=noise,
        change_pct=100 * change / before.mean if as_share else None,
        noise_pct=100 * noise / before.mean if as_share else None,
        improved=judge(signal, change, noise),
    )


def rated(result: FocusResult, rating: int) -> FocusResult:
    """With the runner's or a coach's own rating; ValidationError unless it is 1 to 5."""
    return replace(result, rating=msgspec.convert(rating, Rating))
