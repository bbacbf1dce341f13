"""A FIT file in the hands of another reader: it opens, and carries the run's own numbers."""

import io
import re
import subprocess
import sys
import weakref
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import fmean
from typing import Any

import pytest
from msgspec.structs import replace

from softshoe.errors import InputError
from softshoe.events import Moment, Session, Step
from softshoe.export.files import files_of
from softshoe.export.fit_fields import DEVELOPER_FIELDS, unit_of
from softshoe.export.spans import Span

from .runs import LAP_S, PAUSE_AFTER, PAUSE_S, session_of, steps_of

fitdecode = pytest.importorskip("fitdecode", reason="fitdecode is not installed")
pytest.importorskip("fit_tool", reason="fit-tool is not installed")

FOCUS = Span(90.0, 150.0, "land softly")
STARTED = datetime(2026, 3, 1, 9, 0, 0, tzinfo=UTC)
STEPS = steps_of(600)


class Counted(Step, frozen=True, kw_only=True, weakref=True, eq=False):
    """A step of which one can tell whether it is still there."""

    moment: Moment = "final"


Messages = dict[str, list[dict[str, Any]]]


def written(session: Session, steps: Sequence[Step], windows: Sequence[Span] = ()) -> bytes:
    (file,) = files_of("fit")(session, iter(steps), windows)
    assert file.name == f"{session.session}.fit"
    return b"".join(file.chunks)


def read(data: bytes) -> Messages:
    """Every message by its name, with checksums and structure enforced."""
    found: Messages = {}
    with fitdecode.FitReader(
        io.BytesIO(data),
        check_crc=fitdecode.CrcCheck.RAISE,
        error_handling=fitdecode.ErrorHandling.RAISE,
    ) as reader:
        for frame in reader:
            if isinstance(frame, fitdecode.FitDataMessage):
                fields = {field.name: field.value for field in frame.fields}
                found.setdefault(frame.name, []).append(fields)
    return found


@pytest.fixture(scope="module")
def messages() -> Messages:
    return read(written(session_of(STEPS), STEPS, [FOCUS]))


def mean(steps: Sequence[Step], value: Callable[[Step], float | None]) -> float:
    return fmean(each for step in steps if (each := value(step)) is not None)


def cadence_spm(message: dict[str, Any], cadence: str, fraction: str) -> float:
    return 2 * float(message[cadence] + message[fraction])


def test_it_is_one_activity_of_treadmill_running(messages: Messages) -> None:
    (file_id,) = messages["file_id"]
    assert (file_id["type"], file_id["product_name"]) == ("activity", "softshoe")
    assert file_id["time_created"] == STARTED
    assert file_id["serial_number"] > 0
    assert messages["device_info"][0]["manufacturer"] == "development"
    (session,), (activity,) = messages["session"], messages["activity"]
    assert (session["sport"], session["sub_sport"]) == ("running", "treadmill")
    assert activity["num_sessions"] == 1
    assert list(messages)[-1] == "activity"


def test_the_session_has_the_means_of_its_steps(messages: Messages) -> None:
    (session,) = messages["session"]
    assert session["avg_stance_time"] == pytest.approx(
        mean(STEPS, lambda s: s.contact_ms), abs=0.05
    )
    assert session["avg_vertical_oscillation"] == pytest.approx(
        mean(STEPS, lambda s: s.vertical_oscillation_mm), abs=0.05
    )
    assert session["avg_step_length"] == pytest.approx(1008.0)
    assert session["avg_stance_time_percent"] == pytest.approx(34.0)
    expected_spm = 60_000 / mean(STEPS, lambda s: s.step_ms)
    found_spm = cadence_spm(session, "avg_running_cadence", "avg_fractional_cadence")
    assert found_spm == pytest.approx(expected_spm, abs=2 / 128)
    for name in ("vilr_bw_s", "valr_bw_s", "reach_ahead_mm", "reach_behind_mm", "flight_ms"):
        expected = mean(STEPS, lambda s, name=name: getattr(s, name))  # type: ignore[misc]
        assert session[name] == pytest.approx(expected, rel=1e-6), name
    assert session["impact_bw"] == pytest.approx(mean(STEPS, lambda s: s.impact_peak_bw), rel=1e-6)


def test_left_and_right_are_told_apart(messages: Messages) -> None:
    (session,) = messages["session"]
    left = mean(STEPS[::2], lambda s: s.contact_ms)
    right = mean(STEPS[1::2], lambda s: s.contact_ms)
    assert session["left_contact_ms"] == pytest.approx(left, rel=1e-6)
    assert session["right_contact_ms"] == pytest.approx(right, rel=1e-6)
    balance = 100 * left / (left + right)
    assert balance > 50.5
    assert session["avg_stance_time_balance"] == pytest.approx(balance, abs=0.005)
    late = messages["record"][-1]["stance_time_balance"]
    assert late == pytest.approx(100 * 246 / (246 + 238), abs=0.05)


def test_time_and_distance_leave_the_pause_out(messages: Messages) -> None:
    (session,) = messages["session"]
    running_s = 0.36 * 599 - 0.36  # from step to step, but for the pause
    assert session["total_timer_time"] == pytest.approx(running_s, abs=0.001)
    assert session["total_elapsed_time"] == pytest.approx(
        STEPS[-1].t_s + (STEPS[-1].contact_ms or 0) / 1000, abs=0.001
    )
    assert session["total_distance"] == pytest.approx(2.8 * running_s, abs=0.01)
    assert session["enhanced_avg_speed"] == pytest.approx(2.8, abs=0.001)
    assert session["total_strides"] == 300
    timer = [(e["event_type"], e["timestamp"]) for e in messages["event"]]
    stopped_s = int(STEPS[PAUSE_AFTER - 1].t_s) + 1
    again_s = int(STEPS[PAUSE_AFTER].t_s)
    assert again_s - stopped_s == pytest.approx(PAUSE_S, abs=1)
    assert timer[1:3] == [
        ("stop_all", STARTED + timedelta(seconds=stopped_s)),
        ("start", STARTED + timedelta(seconds=again_s)),
    ]
    assert [what for what, _ in timer] == ["start", "stop_all", "start", "stop_all"]


def test_a_record_a_second_has_the_steps_of_that_second(messages: Messages) -> None:
    records = messages["record"]
    assert len(records) == len({int(step.t_s) for step in STEPS})
    times = [record["timestamp"] for record in records]
    assert times == sorted(set(times))
    chosen = records[40]
    second = (chosen["timestamp"] - STARTED).seconds
    steps = [step for step in STEPS if int(step.t_s) == second]
    assert chosen["stance_time"] == pytest.approx(mean(steps, lambda s: s.contact_ms), abs=0.05)
    assert chosen["valr_bw_s"] == pytest.approx(mean(steps, lambda s: s.valr_bw_s), rel=1e-6)
    found_spm = cadence_spm(chosen, "cadence", "fractional_cadence")
    assert found_spm == pytest.approx(60_000 / mean(steps, lambda s: s.step_ms), abs=2 / 128)
    assert chosen["enhanced_speed"] == pytest.approx(2.8)
    assert records[-1]["distance"] == pytest.approx(messages["session"][0]["total_distance"])


def test_laps_are_cut_at_marks_and_around_focus_windows(messages: Messages) -> None:
    laps, (session,) = messages["lap"], messages["session"]
    starts = [(lap["start_time"] - STARTED).seconds for lap in laps]
    assert starts == [0, LAP_S, FOCUS.from_s, FOCUS.to_s]
    assert [lap.get("lap_name") for lap in laps] == [None, None, "land softly", None]
    assert session["num_laps"] == len(laps)
    for total in ("total_timer_time", "total_elapsed_time", "total_distance"):
        assert sum(lap[total] for lap in laps) == pytest.approx(session[total], abs=0.05)
    steps = [step for step in STEPS if FOCUS.from_s <= step.t_s < FOCUS.to_s]
    assert laps[2]["valr_bw_s"] == pytest.approx(mean(steps, lambda s: s.valr_bw_s), rel=1e-6)
    assert laps[2]["left_valr_bw_s"] < laps[2]["right_valr_bw_s"]


def test_conventions_travel_along(messages: Messages) -> None:
    (session,) = messages["session"]
    assert session["impact_method"] == "peak"
    assert session["threshold_n"] == 50.0
    assert session["body_weight_n"] == pytest.approx(686.7, rel=1e-6)
    assert (session["body_weight_source"], session["clock"]) == ("strides", "synced")
    assert session["calibrations"] == "deck-7"


def test_every_developer_field_is_described(messages: Messages) -> None:
    described = {each["field_name"]: each.get("units") for each in messages["field_description"]}
    units = {name: unit_of(name) or None for name in DEVELOPER_FIELDS}
    assert described == units
    assert (units["valr_bw_s"], units["impact_bw"], units["rig"]) == ("BW/s", "BW", None)


def test_the_readme_tells_every_field_of_fits_own(messages: Messages) -> None:
    readme = (Path(__file__).parents[3] / "daemon" / "README.md").read_text()
    table = readme.split("| FIT's own field |")[1].split("\n\n")[0]
    told = set(re.findall(r"`(\w+)`", " ".join(re.findall(r"^\| (.*?) \|", table, re.M))))
    developed = {each["field_name"] for each in messages["field_description"]}
    assert told == {*messages["record"][0]} - developed - {"timestamp"}


def test_what_is_not_known_is_null_not_zero() -> None:
    bare = [
        Step(moment="final", session="s1", step=number, t_s=0.36 * number, contact_ms=240.0)
        for number in range(1, 30)
    ]
    found = read(written(session_of(bare, laps_s=()), bare))
    for message in (*found["record"], *found["session"], *found["lap"]):
        for name in ("enhanced_speed", "distance", "total_distance", "valr_bw_s", "step_length"):
            assert message.get(name) is None, name
    assert found["record"][5]["stance_time"] == 240.0


def test_a_value_that_no_field_can_hold_is_null() -> None:
    absurd = steps_of(20, vertical_oscillation_mm=1e9, belt_m_s=-3.0)
    found = read(written(session_of(absurd, laps_s=()), absurd))
    assert found["record"][3]["vertical_oscillation"] is None
    assert found["record"][3]["enhanced_speed"] is None
    assert found["record"][3]["stance_time"] is not None


def test_a_run_without_a_date_counts_from_the_start_of_the_machine() -> None:
    steps = steps_of(30)
    session = session_of(steps, started_at=None, clock="unsynced", laps_s=())
    found = read(written(session, steps))
    assert found["record"][0]["timestamp"] == 4000
    assert found["record"][-1]["timestamp"] == 4000 + int(steps[-1].t_s)
    assert found["session"][0]["clock"] == "unsynced"
    assert "local_timestamp" not in found["activity"][0]


def test_a_run_without_steps_is_still_a_file() -> None:
    session = replace(session_of(STEPS), steps=0, duration_s=0.0, running_s=0.0, laps_s=())
    found = read(written(session, []))
    assert "record" not in found
    assert len(found["lap"]) == 1


def test_names_that_are_too_long_are_cut_between_letters() -> None:
    steps = steps_of(30)
    found = read(written(session_of(steps, laps_s=()), steps, [Span(2.0, 8.0, "ä" * 200)]))
    assert found["lap"][1]["lap_name"] == "ä" * 125


def test_steps_are_not_kept() -> None:
    kept: weakref.WeakSet[Counted] = weakref.WeakSet()
    most = 0

    def steps() -> Iterator[Step]:
        nonlocal most
        for number in range(1, 1_001):
            step = Counted(t_s=0.36 * number)
            kept.add(step)
            yield step
            most = max(most, len(kept))

    (file,) = files_of("fit")(session_of(STEPS), steps(), ())
    assert len(b"".join(file.chunks)) > 10_000
    assert 0 < most < 100


def test_without_fit_tool_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("fit", "fit_messages"):
        monkeypatch.delitem(sys.modules, f"softshoe.export.{name}", raising=False)
    for name in [name for name in sys.modules if name.split(".")[0] == "fit_tool"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "fit_tool", None)
    with pytest.raises(InputError, match=r"pip install 'softshoe\[fit\]'"):
        files_of("fit")


def test_the_daemon_starts_without_loading_it(tmp_path: Path) -> None:
    script = "import sys, softshoe.commands.run, softshoe.commands.export; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    ).stdout.split()
    assert not {"fit_tool", "segno", "softshoe.export.report"} & set(loaded)
