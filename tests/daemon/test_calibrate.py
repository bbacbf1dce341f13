"""`softshoe calibrate` as a user meets it: what is said, what is kept, and the exit code."""

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from msgspec import Struct
from msgspec.json import decode
from tests.daemon.calibrating.insole_recording import write_recording, write_standing
from tests.daemon.calibrating.standing_insole import (
    CIRCUIT,
    RATE_HZ,
    WEIGHT_N,
    Insole,
    insole_rig,
    led,
)
from tests.daemon.calibrating.test_resonance import drops
from tests.hardware.fake_time import FakeClock

from softshoe.calibrating.feet import BOTH_FEET
from softshoe.calibrating.plan import plan_for
from softshoe.calibrations import Calibration, CellScale, FsrScale, Resonance
from softshoe.cli import front_door
from softshoe.commands.calibrate import calibrate_live
from softshoe.commands.configured import subject_of
from softshoe.events import BoardReport, SourceItem
from softshoe.settings import BoardSettings, SourceSettings
from softshoe.store.database import lock
from softshoe.store.queries import Runs
from softshoe_hw.board_reader import BoardReader
from softshoe_hw.boards_source import BoardsSource
from softshoe_hw.fake_board import FakeBoard
from softshoe_hw.messages import Hello


class Ended(Struct):
    """What a user sees of a command."""

    exit_code: int
    stdout: str
    stderr: str


Run = Callable[..., Ended]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], data: Path) -> Run:
    def calibrate(*arguments: object) -> Ended:
        capsys.readouterr()
        exit_code = front_door(["calibrate", *map(str, arguments), "--data", str(data)])
        return Ended(exit_code, *capsys.readouterr())

    return calibrate


def kept(data: Path, board: str = "insoles") -> Calibration | None:
    database = data / "softshoe.db"
    return Runs(database).calibration(board, "fsr") if database.exists() else None


def dead_at_the_left_arch() -> dict[str, np.ndarray]:
    standing = Insole().standing()
    for counts in standing.values():
        counts[:, 3] = 0
    return standing


# --- from a recording -------------------------------------------------------------------------


def test_a_recording_is_shown_and_kept(run: Run, tmp_path: Path, data: Path) -> None:
    insole = Insole()
    ended = run(write_standing(tmp_path / "standing.csv", insole.standing()))
    assert (ended.exit_code, ended.stderr) == (0, "")
    assert ended.stdout.startswith("standing  insoles  fsr\n")
    assert "left l4 (arch)" in ended.stdout
    assert "FAIL" not in ended.stdout
    found = kept(data)
    assert found is not None
    assert (found.name, found.weight_n, found.passed) == ("standing", WEIGHT_N, True)
    assert isinstance(found.found, FsrScale)
    assert found.found.gains_n == pytest.approx(insole.gains_n, rel=0.05)
    assert found.at is not None
    assert found.residual_pct == pytest.approx(0.0, abs=1.0)


def test_json_is_what_was_kept(run: Run, tmp_path: Path, data: Path) -> None:
    ended = run(write_standing(tmp_path / "standing.csv", Insole().standing()), "--json")
    assert decode(ended.stdout, type=tuple[Calibration, ...]) == (kept(data),)


def test_a_bad_sensor_is_named_and_nothing_is_kept(run: Run, tmp_path: Path, data: Path) -> None:
    ended = run(write_standing(tmp_path / "standing.csv", dead_at_the_left_arch()))
    assert ended.exit_code == 1
    assert "\nleft l4 (arch): dead: shows nothing under load; look at its wire" in ended.stdout
    assert ended.stderr == "softshoe calibrate: a check failed; not kept\n"
    assert kept(data) is None


def test_it_is_kept_anyway_when_somebody_says_so(run: Run, tmp_path: Path, data: Path) -> None:
    path = write_standing(tmp_path / "standing.csv", dead_at_the_left_arch())
    ended = run(path, "--anyway")
    assert ended.exit_code == 1
    assert ended.stderr == "softshoe calibrate: a check failed; kept all the same\n"
    found = kept(data)
    assert found is not None
    assert not found.passed


@pytest.mark.parametrize("said", [("--weight-n", WEIGHT_N), ("--mass-kg", WEIGHT_N / 9.80665)])
def test_the_weight_may_be_said(run: Run, tmp_path: Path, data: Path, said: tuple) -> None:
    path = write_standing(tmp_path / "standing.csv", Insole().standing(), weight_n=None)
    assert run(path, *said).exit_code == 0
    found = kept(data)
    assert found is not None
    assert found.weight_n == pytest.approx(WEIGHT_N)


def without_phases(folder: Path) -> Path:
    return write_recording(folder / "some.csv", np.full((600, 16), 30.0))


def without_weight(folder: Path) -> Path:
    return write_standing(folder / "some.csv", Insole().standing(), weight_n=None)


def without_both_feet(folder: Path) -> Path:
    standing = Insole().standing()
    del standing[BOTH_FEET]
    return write_standing(folder / "some.csv", standing)


def in_newtons(folder: Path) -> Path:
    counts, phases = np.full((600, 16), 30.0), {"unloaded": (0.0, 1.0)}
    return write_recording(folder / "some.csv", counts, phases, unit="N")


def nowhere(folder: Path) -> Path:
    return folder / "some.csv"


@pytest.mark.parametrize(
    ("made", "says"),
    [
        (without_phases, "some: no phases in [calibration] of the sidecar"),
        (without_weight, "some: the weight is not known; give --weight-n, or body_weight_n in"),
        (without_both_feet, "insoles: nothing was measured in the phase both_feet; repeat it"),
        (in_newtons, "insoles gives newtons already: nothing to calibrate"),
        (nowhere, "some.csv: there is no such file"),
    ],
)
def test_what_cannot_be_used_is_said_in_one_line(
    run: Run, tmp_path: Path, data: Path, made: Callable[[Path], Path], says: str
) -> None:
    ended = run(made(tmp_path))
    assert (ended.exit_code, ended.stdout) == (1, "")
    assert says in ended.stderr
    assert ended.stderr.count("\n") == 1
    assert kept(data) is None


def test_beside_a_daemon_nobody_stands_in_vain(run: Run, tmp_path: Path, data: Path) -> None:
    path = write_standing(tmp_path / "standing.csv", Insole().standing())
    with lock(data / "softshoe.db"):
        ended = run(path)
    assert (ended.exit_code, ended.stdout) == (1, "")
    assert "is written by the process" in ended.stderr
    assert "stop that one first" in ended.stderr


def test_a_deck_and_how_it_rings_come_from_one_recording(
    run: Run, tmp_path: Path, data: Path
) -> None:
    ringing = Resonance(fn_hz=60.0, zeta=0.05)
    noise = np.random.default_rng(1).normal(0.0, 1.0, 5000)
    dropped = drops(ringing)
    force = np.concatenate((noise, WEIGHT_N + noise, dropped))
    path = tmp_path / "deck.csv"
    rows = np.column_stack((np.arange(len(force)) / 1000.0, np.rint(31_000 + 400 * force)))
    np.savetxt(path, rows, "%.6g", delimiter=",", header="t_s,fz_n", comments="")
    path.with_suffix(".toml").write_text(
        f'[recording]\nkind = "deck"\nrate_hz = 1000\nunit = "counts"\n'
        f"body_weight_n = {WEIGHT_N}\n[calibration]\nphases = [\n"
        '{ name = "empty", start_s = 0, end_s = 5 },\n'
        '{ name = "loaded", start_s = 5, end_s = 10 },\n'
        f'{{ name = "heel_drops", start_s = 10, end_s = {10 + len(dropped) / 1000} }},\n]\n'
    )
    ended = run(path)
    assert ended.exit_code == 0, ended.stdout
    assert "deck.deck.cells  deck  cells" in ended.stdout
    runs = Runs(data / "softshoe.db")
    cells, rings = runs.calibration("deck", "cells"), runs.calibration("deck", "resonance")
    assert cells is not None
    assert rings is not None
    assert isinstance(cells.found, CellScale)
    assert isinstance(rings.found, Resonance)
    assert cells.found.newtons_per_count == pytest.approx([1 / 400], rel=0.005)
    assert rings.found.fn_hz == pytest.approx(60.0, rel=0.02)
    assert rings.found.zeta == pytest.approx(0.05, rel=0.25)


# --- live -------------------------------------------------------------------------------------


def configuration(folder: Path, source: str, rest: str = "") -> Path:
    path = folder / "softshoe.toml"
    path.write_text(f"[source]\n{source}\n{rest}")
    return path


def played(folder: Path, insole: Insole) -> Path:
    """Somebody who does as they are told, ten thousand times as fast."""
    rig = insole_rig()
    counts = led(insole, plan_for(rig, heel_drops=False, run=False))
    path = write_recording(folder / "led.csv", counts)
    return configuration(folder, f'kind = "recording"\nrecording = "{path}"\nspeed = 1000')


def test_live_it_says_what_to_do_and_keeps_what_it_finds(
    run: Run, tmp_path: Path, data: Path
) -> None:
    insole = Insole(circuit=subject_of(SourceSettings(), insole_rig(), WEIGHT_N).circuit)
    ended = run("--config", played(tmp_path, insole), "--weight-n", WEIGHT_N, "--no-run")
    assert ended.exit_code == 0, ended.stdout
    said = [line for line in ended.stderr.splitlines() if line]
    assert [line[:7] for line in said] == [f"{n} of 4." for n in (1, 2, 3, 4)]
    assert "Stand on your left foot alone" in said[1]
    found = kept(data)
    assert found is not None
    assert found.name == (found.at or "")[:19].replace(":", ".")
    assert isinstance(found.found, FsrScale)
    assert found.found.gains_n == pytest.approx(insole.gains_n, rel=0.05)


def test_live_without_a_weight_is_refused_before_anybody_stands(run: Run, tmp_path: Path) -> None:
    ended = run("--config", configuration(tmp_path, 'kind = "simulator"'))
    assert ended.exit_code == 2
    assert "say who stands there: --mass-kg or --weight-n" in ended.stderr


def test_a_simulated_runner_in_newtons_needs_no_calibration(run: Run, tmp_path: Path) -> None:
    path = configuration(tmp_path, 'kind = "simulator"', "[runner]\nbody_mass_kg = 70\n")
    ended = run("--config", path)
    assert (ended.exit_code, ended.stdout) == (1, "")
    assert ended.stderr == "softshoe: deck4 gives newtons already: nothing to calibrate\n"


def test_samples_that_end_too_soon_name_the_phase(run: Run, tmp_path: Path, data: Path) -> None:
    path = write_recording(tmp_path / "short.csv", np.full((9000, 16), 30.0))
    source = f'kind = "recording"\nrecording = "{path}"\nspeed = 1000'
    ended = run("--config", configuration(tmp_path, source), "--weight-n", 700)
    assert ended.exit_code == 1
    assert "short: the samples ended during the phase unloaded; repeat it" in ended.stderr
    assert kept(data) is None


class Line:
    """A board's serial line without a wire."""

    def __init__(self, board: FakeBoard, clock: FakeClock) -> None:
        self._board, self._clock = board, clock

    def read(self) -> bytes:
        return self._board.say(self._clock.now_s)

    def write(self, data: bytes) -> None:
        self._board.hear(data, self._clock.now_s)

    def close(self) -> None:
        pass


class SteppedBoards:
    """Sensor boards whose time goes on by 20 ms with each look at them."""

    def __init__(self, settings: SourceSettings, boards: dict[str, FakeBoard]) -> None:
        self._clock = FakeClock()
        self._readers: list[BoardReader] = []
        self._boards = BoardsSource(
            settings.board,
            self._clock,
            find_devices=lambda: list(boards),
            open_link=lambda port, _: Line(boards[port], self._clock),
            begin=self._begin,
        )
        self._boards.meet()
        self.name, self.rig = self._boards.name, self._boards.rig
        self.conditions, self.close = self._boards.conditions, self._boards.close

    def _begin(self, reader: BoardReader) -> None:
        self._readers.append(reader)
        for _ in range(3):
            reader.turn()

    def blocks(self) -> Iterator[SourceItem | BoardReport]:
        while True:
            self._clock.now_s += 0.02
            for reader in self._readers:
                reader.turn()
            yield from self._boards.step(0.0)


def fake_board(side: str, counts: np.ndarray) -> FakeBoard:
    hello = Hello(
        board="insole-avr",
        id=f"shoe-{side}",
        fw="1.0.0",
        rate_hz=round(RATE_HZ),
        bits=CIRCUIT.bits,
        channels=tuple(f"{side[0]}{n}" for n in range(1, 9)),
    )
    return FakeBoard(hello, counts.astype(np.int64), FakeClock().now_s, rows=10)


def test_boards_are_calibrated_each_under_its_own_id() -> None:
    settings = SourceSettings(
        kind="boards",
        board=tuple(
            BoardSettings(role=side, bits=CIRCUIT.bits, r_m_ohm=CIRCUIT.r_m_ohm)
            for side in ("left", "right")
        ),
    )
    insole = Insole()
    counts = led(insole, plan_for(insole_rig(), heel_drops=False, run=False))
    boards = {
        "/dev/fake-left": fake_board("left", counts[:, :8]),
        "/dev/fake-right": fake_board("right", counts[:, 8:]),
    }
    source = SteppedBoards(settings, boards)
    subject = subject_of(settings, source.rig, WEIGHT_N)
    found = calibrate_live(source, subject, FakeClock(), heel_drops=False, run=False)
    assert [(each.board, each.passed) for each in found] == [
        ("shoe-left", True),
        ("shoe-right", True),
    ]
    scales = [each.found for each in found]
    gains = [gain for scale in scales if isinstance(scale, FsrScale) for gain in scale.gains_n]
    assert gains == pytest.approx(insole.gains_n, rel=0.05)
