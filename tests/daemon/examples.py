"""Steps and sessions made by hand, and a clock that goes only when told."""

from datetime import UTC, datetime, timedelta

from softshoe.coaching import FocusResult, Practised
from softshoe.events import Conventions, Means, Session, Step
from softshoe.hub import Hub

CONVENTIONS = Conventions(
    threshold_n=50.0,
    cutoff_hz=50.0,
    rate_hz=1000.0,
    impact_method="peak",
    body_weight_n=686.7,
    body_weight_source="strides",
)


class HandClock:
    """Conforms to softshoe.clock.Clock; time passes by `wait`."""

    def __init__(self) -> None:
        self.now_s = 1000.0
        self.set = True

    def wait(self, seconds: float) -> None:
        self.now_s += seconds

    def monotonic_s(self) -> float:
        return self.now_s

    def wall(self) -> datetime:
        return datetime(2026, 3, 1, 9, tzinfo=UTC) + timedelta(seconds=self.now_s - 1000.0)

    def synced(self) -> bool:
        return self.set

    def boot(self) -> str:
        return "boot-1"


def a_session(session: str = "s1", **changes: object) -> Session:
    values = {
        "device": "treadmill",
        "rig": "deck4",
        "started_at": "2026-03-01T09:00:00.000Z",
        "boot": "boot-1",
        "started_monotonic_s": 1000.0,
        "conventions": CONVENTIONS,
        "rejected": {"short": 2},
        "left": Means(n=12, contact_ms=231.5),
    } | changes
    return Session(session=session, **values)  # type: ignore[arg-type]


def a_step(number: int, session: str | None = "s1", **changes: object) -> Step:
    values = {
        "moment": "final",
        "t_s": 0.35 * number,
        "side": "left" if number % 2 else "right",
        "contact_ms": 230.0 + number / 7,
        "valr_bw_s": 50.1,
        "cop_path": ((31.25, -4.5), (60.0, 0.125)),
        "quality_reasons": ("no place",),
    } | changes
    return Step(session=session, step=number, **values)  # type: ignore[arg-type]


def practised(session: str = "s1", runner: str = "guest", **changes: object) -> Practised:
    values = {
        "skill": "soft",
        "focus_run": 1,
        "planned_min": 1,
        "focus_s": 60.0,
        "counted_s": 60.0,
        "on_target_s": 42.0,
        "cues": 3,
        "belt_m_s": 3.0,
    } | changes
    return Practised(session=session, runner=runner, result=FocusResult(**values))  # type: ignore[arg-type]


def publish(hub: Hub, *events: object) -> None:
    for event in events:
        hub.publish(event, 0.0)  # type: ignore[arg-type]
