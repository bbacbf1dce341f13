"""Counts become newtons by what their circuit does, and saturated ones do not become anything."""

import numpy as np
import pytest

from softshoe.calibrations import Calibration, CellScale, FsrCircuit, FsrScale, Resonance
from softshoe.errors import InputError
from softshoe.gait.gait import Gait
from softshoe.gait.scale import conductance_ms, holding, newtons, saturated
from softshoe.rigs import Conditions, DeckLayout, InsoleLayout, Rig, Stream

TEN_KOHM = FsrCircuit(vref_v=3.3, bits=12, r_m_ohm=10_000.0)


@pytest.mark.parametrize(
    ("sensor_ohm", "volts", "microsiemens"), [(10_000.0, 1.650, 100.0), (2_000.0, 2.750, 500.0)]
)
def test_a_divider_shows_conductance(sensor_ohm: float, volts: float, microsiemens: float) -> None:
    assert 3.3 * 10_000.0 / (10_000.0 + sensor_ohm) == pytest.approx(volts)
    counts = np.array([[volts / 3.3 * 4095]])
    assert 1000 * conductance_ms(counts, TEN_KOHM)[0, 0] == pytest.approx(microsiemens)


def test_an_amplifier_is_linear_in_conductance() -> None:
    circuit = FsrCircuit(circuit="transimpedance", bits=10, r_m_ohm=1000.0)
    counts = np.array([0.0, 511.5, 767.25])
    assert conductance_ms(counts, circuit) == pytest.approx([0.0, 0.5, 0.75])


@pytest.mark.parametrize("reading", [1023.0, 1003.0, -1.0, np.nan])
def test_what_was_not_measured_is_nan(reading: float) -> None:
    shown = conductance_ms(np.array([reading, 500.0]), FsrCircuit())
    assert np.isnan(shown).tolist() == [True, False]


def test_force_is_a_power_of_conductance_above_its_zero() -> None:
    scale = FsrScale(circuit=TEN_KOHM, power=1.1, zeros_ms=(0.02, 0.0), gains_n=(200.0, 300.0))
    counts = np.array([[2047.5, 2730.0]])  # 0.1 and 0.2 mS
    expected = [200 * (0.1**1.1 - 0.02**1.1), 300 * 0.2**1.1]
    assert newtons(counts, scale)[0] == pytest.approx(expected)
    assert newtons(counts[:, 1:], scale, slice(1, 2))[0] == pytest.approx(expected[1:])


def test_cells_are_linear_and_saturate_at_both_ends() -> None:
    scale = CellScale(bits=24, zeros_counts=(100.0, -50.0), newtons_per_count=(0.01, -0.02))
    counts = np.array([[1100.0, 950.0], [2.0**23 - 1, 0.0], [0.0, -(2.0**23)]])
    force = newtons(counts, scale)
    assert force[0] == pytest.approx([10.0, -20.0])
    assert np.isnan(force).tolist() == [[False, False], [True, False], [False, True]]
    assert saturated(counts, scale).sum() == 2


def test_cuts_do_not_matter_to_the_last_bit() -> None:
    scale = FsrScale(
        circuit=FsrCircuit(), power=0.97, zeros_ms=(0.003,) * 16, gains_n=(321.0,) * 16
    )
    counts = np.random.default_rng(1).integers(0, 1024, (997, 16)).astype(float)
    whole = newtons(counts, scale)
    for rows in (1, 3, 7, 64):
        parts = [newtons(counts[n : n + rows].copy(), scale) for n in range(0, 997, rows)]
        assert np.array_equal(np.concatenate(parts), whole, equal_nan=True)
    left = newtons(counts[:, :8], scale, slice(0, 8))
    assert np.array_equal(left, whole[:, :8], equal_nan=True)


DECK = Stream("deck", 1000.0, ("fz_n",), "counts", deck=DeckLayout("force"), board="deck-7")
CELL = Calibration(
    name="monday",
    board="deck-7",
    found=CellScale(zeros_counts=(8.0,), newtons_per_count=(0.5,)),
)
RING = Calibration(name="ring", board="deck-7", found=Resonance(fn_hz=61.0, zeta=0.05))


def test_a_board_has_what_was_found_for_it() -> None:
    other = Calibration(name="x", board="deck-8", found=CELL.found)
    holds = holding(DECK, [other, RING, CELL])
    assert (holds.scale, holds.resonance, holds.names) == (
        CELL.found,
        RING.found,
        ("monday", "ring"),
    )


def test_only_the_newest_of_a_kind_holds_and_is_named() -> None:
    newer = Calibration(
        name="tuesday",
        board="deck-7",
        found=CellScale(zeros_counts=(9.0,), newtons_per_count=(0.6,)),
    )
    holds = holding(DECK, [CELL, newer])
    assert (holds.scale, holds.names) == (newer.found, ("tuesday",))


def test_newtons_need_no_scale() -> None:
    stream = Stream("deck", 1000.0, ("fz_n",), "N", deck=DeckLayout("force"), board="deck-7")
    assert holding(stream, [CELL]).scale is None


def test_a_scale_of_other_channels_is_refused() -> None:
    layout = InsoleLayout(2)
    stream = Stream("left", 500.0, ("l1", "l2"), "counts", insole=layout, board="deck-7")
    with pytest.raises(InputError, match="monday is of 1 channels, deck-7 has 2: calibrate"):
        holding(stream, [CELL])


def test_a_session_names_what_it_rests_on() -> None:
    gait = Gait(Rig((DECK,)), Conditions(), scales=[CELL, RING])
    assert gait.conventions().calibrations == ("monday", "ring")
    with pytest.raises(InputError, match="run softshoe calibrate first"):
        Gait(Rig((DECK,)), Conditions(), scales=[RING])


def test_one_foot_without_a_scale_leaves_both_in_counts() -> None:
    """Else newtons of one would be held against counts of the other."""
    scale = FsrScale(circuit=TEN_KOHM, power=1.0, zeros_ms=(0.0,) * 8, gains_n=(500.0,) * 8)
    feet = tuple(
        Stream(side, 500.0, tuple("12345678"), "counts", insole=InsoleLayout(8), board=f"of-{side}")
        for side in ("left", "right")
    )
    scales = [Calibration(name=side, board=f"of-{side}", found=scale) for side in ("left", "right")]
    assert Gait(Rig(feet), Conditions(), scales=scales).conventions().threshold_n is not None
    for one in scales:
        conventions = Gait(Rig(feet), Conditions(), scales=[one]).conventions()
        assert (conventions.threshold_n, conventions.calibrations) == (None, ())
