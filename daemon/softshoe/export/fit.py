"""A run as a FIT activity of treadmill running: a record a second, laps, events, the session.

A run whose date is not known counts seconds since the machine was started, which is what FIT calls
system time; readers that do not know it show a date around 1990, and the field ``clock`` says
``unsynced``. Seconds of the file are whole: a fraction of the start is cut off.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from importlib.metadata import version
from zlib import crc32

from fit_tool.profile.messages.activity_message import ActivityMessage
from fit_tool.profile.messages.developer_data_id_message import DeveloperDataIdMessage
from fit_tool.profile.messages.device_info_message import DeviceInfoMessage
from fit_tool.profile.messages.event_message import EventMessage
from fit_tool.profile.messages.file_id_message import FileIdMessage
from fit_tool.profile.messages.lap_message import LapMessage
from fit_tool.profile.messages.session_message import SessionMessage
from fit_tool.profile.profile_type import (
    Activity,
    Event,
    EventType,
    FileType,
    LapTrigger,
    Manufacturer,
    SessionTrigger,
    SourceType,
    Sport,
    SubSport,
)

from softshoe.events import ImpactMethod, Means, Session, Step
from softshoe.export.fit_fields import (
    IN_RECORDS,
    Value,
    developer_conventions,
    developer_feet,
    developer_means,
    profile_fields,
)
from softshoe.export.fit_messages import (
    RecordForm,
    descriptions,
    fit_seconds,
    message,
    moment,
    whole_file,
)
from softshoe.export.laps import Lap, Laps
from softshoe.export.seconds import Second, seconds
from softshoe.export.spans import Span, cut_into_laps

_APPLICATION = b"softshoe.exports"  # sixteen bytes that tell our developer fields from others'
_RUNNING = {"sport": Sport.RUNNING, "sub_sport": SubSport.TREADMILL}
_AMOUNTS = ("enhanced_speed", "distance")


def fit_chunks(
    session: Session, steps: Iterable[Step], windows: Sequence[Span] = ()
) -> Iterator[bytes]:
    """The file's bytes. ``steps`` come in order; laps are cut at marks and around ``windows``."""
    return whole_file(_messages(session, steps, windows))


def _messages(session: Session, steps: Iterable[Step], windows: Sequence[Span]) -> Iterator[bytes]:
    start = start_fit_s(session)
    laps = Laps(cut_into_laps(session.duration_s, session.laps_s, windows))
    method = session.conventions.impact_method
    yield from _about_the_file(start, session.device)
    yield _timer(start, EventType.START)
    yield from _records(start, seconds(laps.counted(steps), method))
    end = start + round(session.duration_s)
    yield _timer(end, EventType.STOP_ALL)
    for number, lap in enumerate(laps.laps):
        yield _lap(start, number, lap, method, last=number + 1 == len(laps.laps))
    yield _session(start, end, session, len(laps.laps))
    yield _activity(end, session)


def start_fit_s(session: Session) -> int:
    """When the run began, in FIT's seconds."""
    if session.started_at is None:
        return int(session.started_monotonic_s)
    return fit_seconds(datetime.fromisoformat(session.started_at).timestamp())


def _about_the_file(start: int, device: str) -> Iterator[bytes]:
    maker = {
        "manufacturer": Manufacturer.DEVELOPMENT.value,
        "product": 0,
        "serial_number": crc32(device.encode()) or 1,
    }
    major, minor = version("softshoe").split(".")[:2]
    made = {"type": FileType.ACTIVITY, "time_created": moment(start), "product_name": "softshoe"}
    yield message(FileIdMessage, maker | made)
    says = {
        "timestamp": moment(start),
        "device_index": 0,
        "product_name": "softshoe",
        "software_version": float(f"{major}.{minor}"),
        "source_type": SourceType.LOCAL,
    }
    yield message(DeviceInfoMessage, maker | says)
    yield message(
        DeveloperDataIdMessage, {"application_id": _APPLICATION, "developer_data_index": 0}
    )
    yield from descriptions()


def _timer(at: int, what: EventType) -> bytes:
    values = {"timestamp": moment(at), "event": Event.TIMER, "event_type": what}
    return message(EventMessage, values)


def _records(start: int, run: Iterator[Second]) -> Iterator[bytes]:
    form = RecordForm(("timestamp", *profile_fields(Means(), None), *_AMOUNTS), IN_RECORDS)
    yield form.definition
    for second in run:
        at = start + second.second
        if second.paused_at is not None:
            yield _timer(start + second.paused_at, EventType.STOP_ALL)
            yield _timer(at, EventType.START)
        values = profile_fields(second.means, second.balance_pct) | {
            "enhanced_speed": second.belt_m_s,
            "distance": second.distance_m,
        }
        yield form.record({"timestamp": moment(at), **values}, developer_means(second.means))


def _lap(start: int, number: int, lap: Lap, method: ImpactMethod | None, *, last: bool) -> bytes:
    means, left, right = lap.means(method)
    values: dict[str, object] = {
        "message_index": number,
        "timestamp": moment(start + round(lap.span.to_s)),
        "event": Event.LAP,
        "event_type": EventType.STOP,
        "start_time": moment(start + round(lap.span.from_s)),
        "total_elapsed_time": lap.span.to_s - lap.span.from_s,
        "total_timer_time": lap.running_s,
        "total_distance": lap.distance_m,
        "total_cycles": means.n // 2,
        "lap_trigger": LapTrigger.SESSION_END if last else LapTrigger.MANUAL,
    }
    values |= profile_fields(means, lap.balance_pct, "avg_") | _speed(lap.distance_m, lap.running_s)
    own: dict[str, Value] = developer_means(means) | developer_feet(left, right)
    return message(LapMessage, values | _RUNNING, own | {"lap_name": lap.span.name or None})


def _session(start: int, end: int, session: Session, laps: int) -> bytes:
    balance = next((a.balance_pct for a in session.asymmetry if a.metric == "contact_ms"), None)
    values: dict[str, object] = {
        "message_index": 0,
        "timestamp": moment(end),
        "event": Event.SESSION,
        "event_type": EventType.STOP,
        "start_time": moment(start),
        "total_elapsed_time": session.duration_s,
        "total_timer_time": session.running_s,
        "total_distance": session.distance_m,
        "total_cycles": session.steps // 2,
        "first_lap_index": 0,
        "num_laps": laps,
        "trigger": SessionTrigger.ACTIVITY_END,
    }
    values |= profile_fields(session.all, balance, "avg_")
    values |= _speed(session.distance_m, session.running_s) | _RUNNING
    own = developer_means(session.all) | developer_feet(session.left, session.right)
    return message(SessionMessage, values, own | developer_conventions(session))


def _speed(distance_m: float | None, running_s: float) -> dict[str, object]:
    if distance_m is None or running_s <= 0:
        return {}
    return {"enhanced_avg_speed": distance_m / running_s}


def _activity(end: int, session: Session) -> bytes:
    values = {
        "timestamp": moment(end),
        "total_timer_time": session.running_s,
        "num_sessions": 1,
        "type": Activity.MANUAL,
        "event": Event.ACTIVITY,
        "event_type": EventType.STOP,
        "local_timestamp": _local(end, session),
    }
    return message(ActivityMessage, values)


def _local(end: int, session: Session) -> int | None:
    """The same moment by the wall clock of this machine's time zone."""
    if session.started_at is None:
        return None
    offset = datetime.fromisoformat(session.started_at).astimezone().utcoffset()
    return end + round(offset.total_seconds()) if offset is not None else None
