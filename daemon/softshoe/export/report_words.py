"""What a report says in words and in its table of means."""

from collections.abc import Iterator
from datetime import datetime

from msgspec import Struct

from softshoe.events import Means, Session
from softshoe.export.summary import QualityCount, stored_notes

UNKNOWN = "–"
_MINUS = "−"
_RIGS = {
    "deck1": "one load cell under the deck",
    "deck4": "four load cells under the deck",
    "insoles": "insoles",
    "deck4+insoles": "four load cells under the deck, and insoles",
}
_METHODS = {
    "peak": "first peak of the force",
    "stance13": "force at 13 % of contact",
    None: "not measured",
}
_WEIGHT_SOURCES = {"standing": "standing", "strides": "running", "stated": "as stated", None: ""}
_ROWS = (
    ("Cadence", "cadence_spm", "steps/min", 0),
    ("Contact", "contact_ms", "ms", 0),
    ("Flight", "flight_ms", "ms", 0),
    ("Impact", "impact_bw", "BW", 2),
    ("Loading rate (VALR)", "valr_bw_s", "BW/s", 1),
    ("± from step to step", "valr_sd_bw_s", "BW/s", 1),
    ("Steepest loading (VILR)", "vilr_bw_s", "BW/s", 1),
    ("Active peak", "active_peak_bw", "BW", 2),
    ("Push-off impulse", "push_impulse_bw_s", "BW s", 3),
    ("Lands ahead of the body", "reach_ahead_mm", "mm", 0),
    ("Leaves behind the body", "reach_behind_mm", "mm", 0),
    ("First pressure", "strike_index_pct", "% from heel", 0),
    ("Step length", "step_length_mm", "mm", 0),
    ("Step width", "step_width_mm", "mm", 0),
    ("Body rises and falls", "vertical_oscillation_mm", "mm", 0),
)


class MeansRow(Struct, frozen=True):
    """One line of the table, ready to print."""

    name: str
    unit: str
    both: str
    left: str
    right: str
    balance: str


def number(value: float | None, digits: int = 0) -> str:
    """With a true minus, and thin spaces between thousands."""
    if value is None:
        return UNKNOWN
    return f"{value:,.{digits}f}".replace(",", "\u202f").replace("-", _MINUS)


def span_of_time(seconds: float) -> str:
    """`12:47`, from an hour on `1:42:07`."""
    minutes, rest = divmod(round(seconds), 60)
    if minutes < 60:
        return f"{minutes}:{rest:02}"
    return f"{minutes // 60}:{minutes % 60:02}:{rest:02}"


def when(session: Session) -> str:
    """Day and time by the clock of this machine's time zone."""
    if session.started_at is None:
        return "date not known"
    moment = datetime.fromisoformat(session.started_at).astimezone()
    return f"{moment.day} {moment:%B %Y, %H:%M}"


def rig_in_words(rig: str) -> str:
    return _RIGS.get(rig, rig)


def means_rows(session: Session) -> Iterator[MeansRow]:
    """A line for every mean that the rig knows."""
    balances = {each.metric: each.balance_pct for each in session.asymmetry}
    for name, metric, unit, digits in _ROWS:
        values = [_mean(means, metric) for means in (session.all, session.left, session.right)]
        if any(value is not None for value in values):
            both, left, right = (number(value, digits) for value in values)
            yield MeansRow(name, unit, both, left, right, balance_text(balances.get(metric)))


def _mean(means: Means, metric: str) -> float | None:
    value: float | None = getattr(means, metric)
    return value


def balance_text(left_pct: float | None) -> str:
    """Left and right share, `50.3 / 49.7`; empty when they are not compared."""
    return "" if left_pct is None else f"{left_pct:.1f} / {100 - left_pct:.1f}"


def conventions_in_words(session: Session) -> Iterator[tuple[str, str]]:
    """What every number of the run rests on, by name."""
    known = session.conventions
    yield "Sensors", rig_in_words(session.rig)
    yield "Samples", f"{known.rate_hz:g} a second"
    yield "Low-pass", f"{known.cutoff_hz:g} Hz"
    yield "Contact from", _threshold(known.threshold_n)
    yield "Impact is", _METHODS[known.impact_method]
    if known.body_weight_n is not None:
        source = _WEIGHT_SOURCES[known.body_weight_source]
        yield "Body weight", f"{known.body_weight_n:.0f} N, {source}".removesuffix(", ")
    if known.slope_deg:
        yield "Slope", f"{number(known.slope_deg, 1)}°"
    if known.leg_length_mm is not None:
        yield "Leg length", f"{known.leg_length_mm:.0f} mm"
    if known.calibrations:
        yield "Calibrated by", ", ".join(known.calibrations)


def _threshold(threshold_n: float | None) -> str:
    return "5 % of the usual peak" if threshold_n is None else f"{threshold_n:g} N"


def notes(session: Session, count: QualityCount) -> Iterator[str]:
    """How far the numbers can be trusted, in sentences."""
    if count.steps:
        yield _quality(count)
    if session.rejected:
        reasons = ", ".join(f"{reason} {n}" for reason, n in sorted(session.rejected.items()))
        yield f"Contacts that were no steps: {sum(session.rejected.values())} ({reasons})."
    for note in stored_notes(session, count.steps):
        yield f"{note[0].upper()}{note[1:]}."
    yield (
        "What these sensors cannot know is left out. "
        "Compare a runner only with themself, at the same speed."
    )
    yield "softshoe is not a medical device: it measures and shows, and says nothing about health."


def _quality(count: QualityCount) -> str:
    words = count.quality
    respects = {"times": words.timing, "loading": words.loading, "places": words.place}
    shares = (
        f"{name} {number(100 * each.get('good', 0) / count.steps)} %"
        for name, each in respects.items()
    )
    return f"Steps of good quality: {', '.join(shares)}."
