"""A run that is over, for the page: its steps, what was practised, and the state that says so."""

import math

from msgspec.structs import replace
from tests.daemon.examples import practised

from softshoe.coaching import Measure, Practised, Window
from softshoe.events import LiveState, Session, Step

from .runner import LINE_VALR_BW_S, footfall, running
from .stage import Runs, Stage, session

STEPS = 2120
FOCUS_S = ((180.0, 240.0), (420.0, 480.0), (660.0, 720.0))
LOUD_FROM_S = 540.0


def steps(count: int = STEPS) -> list[Step]:
    """Softer in the focus minutes; the right foot gets louder after nine minutes."""
    return [_step(number) for number in range(1, count + 1)]


def _step(number: int) -> Step:
    final = footfall(number)[2]
    minded = any(start <= final.t_s < end for start, end in FOCUS_S)
    loud = number % 2 == 0 and final.t_s > LOUD_FROM_S
    share = -0.16 if minded else 0.12 if loud else 0.0 if final.t_s < 60 else -0.05
    valr = LINE_VALR_BW_S * (1 + share + 0.06 * math.sin(number * 12.9898))
    cadence = 166 + 3 * minded + 2 * math.sin(number / 60) + math.sin(number * 3.7)
    contact = 240 + 3 * math.sin(number / 150) * (1 if number % 2 else -1)
    return replace(final, valr_bw_s=valr, cadence_spm=cadence, contact_ms=contact)


def run_over(count: int = STEPS, **changes: object) -> Runs:
    """The page's runs: one, of a guest."""
    return Runs({"s1": (ended(**changes), steps(count))})


def ended(**changes: object) -> Session:
    return session("s1", **{"state": "open", "runner": "guest", **changes})


def done() -> LiveState:
    return replace(running(), state="done", distance_m=2130.0, durable_step=STEPS)


def softer(name: str = "s1", runner: str = "guest", **changes: object) -> Practised:
    """A focus run that came out 14 % softer, give or take 4."""
    fields: dict[str, object] = {
        "metric": "valr13_bw_s",
        "baseline": Measure(70.0, 7.0, 160),
        "windows": Measure(60.0, 7.0, 480),
        "change": -10.0,
        "noise": 2.8,
        "change_pct": -14.0,
        "noise_pct": 4.0,
        "improved": "better",
        "planned_min": 3,
        "focus_s": 180.0,
    }
    windows = tuple(Window(*each) for each in FOCUS_S)
    return replace(practised(name, runner, **{**fields, **changes}), windows=windows)


def keep(stage: Stage, *events: Session | Practised) -> None:
    """Into the page's database."""
    for event in events:
        stage.hub.publish(event, stage.clock.monotonic_s())
    stage.people._writer.take(0.0)
    stage.people._writer._commit()
