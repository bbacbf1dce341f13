"""A runner made of numbers: each footfall in its moments, and the live state between them."""

import math

from softshoe.coaching import Cue, Focus, Phase, Second
from softshoe.events import LiveState, Means, Moment, Side, Step

LINE_VALR_BW_S = 60.0
PLACES = ((60, 306), (94, 322), (52, 336), (99, 350), (66, 372), (88, 303), (50, 362), (80, 378))


def footfall(number: int, *, session: str = "s1", hard: bool = False) -> tuple[Step, Step, Step]:
    """Landing, live and final of step ``number``: odd ones are left."""
    side: Side = "left" if number % 2 else "right"
    valr = LINE_VALR_BW_S * ((1.09 if hard else 0.92) + 0.02 * math.sin(number))
    t_s = number * 0.36
    landing = _step("landing", number, t_s, side, session, valr)
    live = _step("live", number, t_s + 0.004, side, session, valr)
    return landing, live, _step("final", number, t_s + 0.004, side, session, valr)


def _step(moment: Moment, number: int, t_s: float, side: Side, session: str, valr: float) -> Step:
    path = roll(number)
    return Step(
        moment=moment,
        session=session,
        step=number,
        t_s=t_s,
        side=side,
        contact_ms=None if moment == "landing" else 240.0 + (2 if side == "left" else 0),
        cadence_spm=166.0 + math.sin(number / 9) if moment == "final" else None,
        valr_bw_s=valr,
        valr13_bw_s=valr,
        strike_index_pct=path[0][0],
        cop_path=path[:2] if moment == "landing" else path,
    )


def roll(number: int) -> tuple[tuple[float, float], ...]:
    """Heel, outer midfoot, forefoot, big toe: a little different each time."""
    x, y = PLACES[number // 2 % len(PLACES)]
    wobble = 5 * math.sin(number * 1.7)
    first = ((399 - y) / 3.99, (75 - x) / 1.48 / 2)
    later = ((23, 8), (46, 11), (68, -2), (85, -15))
    return (first, *((x_pct, y_mm + wobble * (1 - x_pct / 200)) for x_pct, y_mm in later))


def running(
    *, left_pct: float = -8.0, right_pct: float = -5.0, line: float | None = LINE_VALR_BW_S
) -> LiveState:
    """The state of a runner whose feet are so many % off the line."""

    def means(pct: float, spread_pct: float) -> Means:
        valr = LINE_VALR_BW_S * (1 + pct / 100)
        return Means(n=25, valr_bw_s=valr, valr_sd_bw_s=LINE_VALR_BW_S * spread_pct / 100)

    return LiveState(
        session="s1",
        state="running",
        activity="run",
        t_s=767.0,
        running_s=767.0,
        steps=2120,
        cadence_spm=165.8,
        left=means(left_pct, 3),
        right=means(right_pct, 5),
        line_valr_bw_s=line,
        balance_pct=50.3,
        impact_method="peak",
        body_weight_n=700.0,
        loading_quality="good",
        timing_quality="good",
        place_quality="good",
    )


def minute(seconds: str) -> tuple[Second, ...]:
    """A minute from its seconds so far: ``i`` inside, ``o`` outside, ``n`` not counted."""
    names: dict[str, Second] = {"i": "inside", "o": "outside", "n": "not_counted", ".": "to_come"}
    return tuple(names[second] for second in seconds.ljust(60, "."))


def focusing(
    seconds: str = "i" * 37, *, phase: Phase = "window", on_target_s: float | None = None
) -> Focus:
    """A focus on landing softly, so far into its minute."""
    inside_s = float(seconds.count("i")) if on_target_s is None else on_target_s
    return Focus(
        skill="soft",
        t_s=700.0,
        phase=phase,
        focus_run=3,
        planned_min=3,
        window=1,
        windows=1,
        left_s=60.0 - len(seconds),
        total_s=180.0,
        done_s=float(len(seconds)),
        on_target_s=inside_s,
        counted_s=float(len(seconds)),
        minute=minute(seconds),
        metric="valr13_bw_s",
        baseline=70.0,
        target=70.0,
        value=55.0,
    )


def quieter(number: int = 1) -> Cue:
    return Cue(
        number=number,
        skill="soft",
        t_s=700.0,
        until_s=706.0,
        word="Quieter",
        lines=("Let the foot", "drop under you"),
        say="Quieter. Let the foot drop under you.",
    )
