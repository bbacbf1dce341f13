"""The last check of a calibration: twenty steps, measured with what has just been found."""

from collections.abc import Iterable, Sequence
from statistics import fmean, median

from softshoe.calibrations import Calibration, Check
from softshoe.events import SampleBlock, Step
from softshoe.gait.gait import Gait
from softshoe.rigs import Conditions, Rig

RUN = "run"
STEPS = 20
WEIGHT_PCT = 5.0
SIDES_PCT = 15.0


def running_checks(
    rig: Rig, blocks: Iterable[SampleBlock], scales: Sequence[Calibration], weight_n: float
) -> tuple[Check, ...]:
    """Whether a run shows the steps, the weight and both feet as it should."""
    gait = Gait(rig, Conditions(), whole=True, scales=scales)
    events = [event for block in blocks for event in gait.feed(block)]
    events += gait.finish()
    steps = [event for event in events if isinstance(event, Step) and event.moment == "final"]
    enough = _check(
        f"{STEPS} steps",
        len(steps) >= STEPS,
        f"{len(steps)} steps",
        "run a little longer; if steps are missing, look at the sensors that failed",
    )
    if not steps:
        return (enough,)
    return (enough, _weight(gait.conventions().body_weight_n, weight_n), *_feet(steps))


def _weight(found_n: float | None, weight_n: float) -> Check:
    """The mean force of running is body weight."""
    found_pct = 100.0 * (found_n or 0.0) / weight_n
    return _check(
        "mean force",
        abs(found_pct - 100.0) <= WEIGHT_PCT,
        f"{found_pct:.0f} % of weight",
        "repeat the calibration in the shoes and with the load of the run",
    )


def _feet(steps: list[Step]) -> tuple[Check, ...]:
    """Both feet are seen, and their contacts do not differ as only a fault can make them."""
    of_side = {
        side: [step.contact_ms for step in steps if step.side == side and step.contact_ms]
        for side in ("left", "right")
    }
    left, right = of_side["left"], of_side["right"]
    if not left and not right:
        return ()
    if not left or not right:
        seen = "left" if left else "right"
        return (
            _check("both feet", False, f"only the {seen}", "look at the board of the other foot"),
        )
    apart_pct = 100.0 * abs(fmean(left) - fmean(right)) / median([*left, *right])
    return (
        _check(
            "both feet",
            apart_pct <= SIDES_PCT,
            f"contacts {apart_pct:.0f} % apart",
            "one insole is pressed or loose: lace both shoes alike, then repeat",
        ),
    )


def _check(item: str, passed: bool, found: str, advice: str) -> Check:
    return Check(
        item=f"running: {item}", passed=passed, found=found, advice="" if passed else advice
    )
