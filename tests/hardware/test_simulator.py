"""The simulated runner is who was asked for, seen alike by every sensor, and the same each time."""

from itertools import islice, takewhile

import msgspec
import numpy as np
import pytest

from softshoe.errors import InputError
from softshoe.events import Array, Belt, SampleBlock, Step
from softshoe_hw.insole_layout import DEFAULT_SENSORS
from softshoe_hw.simulator.parameters import (
    Deck,
    Insoles,
    Parameters,
    Phase,
    RigName,
    Runner,
    Variation,
)
from softshoe_hw.simulator.schedule import footfalls
from softshoe_hw.simulator.source import SimulatorSource
from softshoe_hw.simulator.truth import true_steps
from softshoe_hw.simulator.two_mass import GRAVITY_M_S2

QUIET = Parameters(
    deck=Deck(zero_n=0, drift_n_per_min=0, noise_n=0, vibration_n=0),
    insoles=Insoles(preload_n=0, drift_n_per_min=0, noise_n=0),
)
STEADY = Variation(contact_pct=0, step_time_pct=0, loading_pct=0, landing_pct=0, place_mm=0)


def samples(
    parameters: Parameters,
    rig: RigName,
    seconds: float,
    rate_hz: float = 500.0,
    block_s: float = 0.02,
) -> dict[str, Array]:
    """Each stream's whole matrix."""
    source = SimulatorSource(parameters, rig, rate_hz, None, seconds, block_s)
    blocks = [item for item in source.blocks() if isinstance(item, SampleBlock)]
    return {
        stream.name: np.vstack([one.values for one in blocks if one.stream == stream.name])
        for stream in source.rig.streams
    }


def running(runner: Runner, belt_m_s: float = 3.0, seed: int = 1) -> Parameters:
    return msgspec.structs.replace(
        QUIET, runner=runner, schedule=(Phase(belt_m_s=belt_m_s),), seed=seed
    )


def mean(steps: list[Step], field: str) -> float:
    return float(np.mean([getattr(step, field) for step in steps[1:-1]]))


# --- sameness ---------------------------------------------------------------------------------


@pytest.mark.parametrize("rig", ["deck1", "deck4", "insoles", "deck4+insoles"])
def test_blocks_of_any_size_hold_the_same_samples(rig: RigName) -> None:
    usual = samples(Parameters(), rig, 3.21)
    for block_s in (0.002, 0.05, 9.0):
        for name, values in samples(Parameters(), rig, 3.21, block_s=block_s).items():
            assert values.tobytes() == usual[name].tobytes()
    assert all(len(values) == 1605 for values in usual.values())


def test_a_seed_is_a_run_and_another_seed_another() -> None:
    once, again = (samples(Parameters(), "deck4", 2)["deck"] for _ in range(2))
    assert once.tobytes() == again.tobytes()
    other = samples(Parameters(seed=2), "deck4", 2)["deck"]
    assert not np.allclose(once, other, atol=50)


def test_truth_does_not_depend_on_how_far_it_is_asked() -> None:
    some = list(true_steps(Parameters(), "deck4", 5.0))
    more = list(true_steps(Parameters(), "deck4", 9.0))
    assert some[:-2] == more[: len(some) - 2]
    assert [step.step for step in more] == list(range(1, len(more) + 1))


def test_blocks_count_their_rows_and_tell_their_time() -> None:
    source = SimulatorSource(Parameters(), "deck4+insoles", 300, None, 2.0)
    blocks = [item for item in source.blocks() if isinstance(item, SampleBlock)]
    for block in blocks:
        assert block.first_s == pytest.approx(block.first_index / 300, abs=1e-12)
        assert 0 < len(block.values) <= 6
    assert [block.stream for block in blocks[:4]] == ["deck", "insoles", "deck", "insoles"]


# --- one runner for all sensors ---------------------------------------------------------------


def test_every_rig_feels_the_same_force() -> None:
    force = samples(QUIET, "deck1", 4)["deck"][:, 0]
    both = samples(QUIET, "deck4+insoles", 4)
    np.testing.assert_allclose(both["deck"].sum(axis=1), force, atol=1e-9)
    np.testing.assert_allclose(both["insoles"].sum(axis=1), force, atol=1e-9)


def test_the_force_over_whole_steps_is_body_weight() -> None:
    steady = running(Runner(variation=STEADY, mass_kg=63.5, fatigue_pct_per_10_min=0))
    starts = [one.start_s for one in islice(footfalls(steady), 21)]
    force = samples(steady, "deck1", 12, rate_hz=1000)["deck"][:, 0]
    whole = force[round(1000 * starts[0]) : round(1000 * starts[20])]
    assert np.mean(whole) == pytest.approx(63.5 * GRAVITY_M_S2, rel=1e-3)


def test_corner_cells_and_sole_put_the_pressure_in_the_same_place() -> None:
    both = samples(QUIET, "deck4+insoles", 6)
    deck = Deck()
    front_left, front_right, rear_left, rear_right = both["deck"].T
    force = both["deck"].sum(axis=1)
    on_ground = force > 100
    length_mm = QUIET.runner.insole_length_mm
    sensor_x = np.array([sensor.x_pct for sensor in DEFAULT_SENSORS]) * length_mm / 100
    t_s = np.arange(len(force)) / 500
    for footfall in takewhile(lambda one: one.end_s < 6, footfalls(QUIET)):
        rows = on_ground & (t_s > footfall.start_s) & (t_s < footfall.end_s)
        x_mm = deck.half_length_mm * (front_left + front_right - rear_left - rear_right)[rows]
        y_mm = deck.half_width_mm * (front_left + rear_left - front_right - rear_right)[rows]
        first = 0 if footfall.side == "left" else 8
        sole = both["insoles"][rows, first : first + 8]
        on_sole_mm = sole @ sensor_x / sole.sum(axis=1)
        belt_mm = 1000 * footfall.belt_m_s * (t_s[rows] - footfall.start_s)
        moved = x_mm / force[rows] + belt_mm - footfall.heel_x_mm
        np.testing.assert_allclose(moved, on_sole_mm, atol=1e-6)
        assert (np.mean(y_mm / force[rows]) > 0) == (footfall.side == "left")


def test_the_other_foot_is_not_loaded() -> None:
    insoles = samples(QUIET, "insoles", 4)["insoles"]
    left, right = insoles[:, :8].sum(axis=1), insoles[:, 8:].sum(axis=1)
    assert (np.minimum(left, right) == 0).all()
    assert left.max() > 1000
    assert right.max() > 1000


# --- the runner who was asked for -------------------------------------------------------------


@pytest.mark.parametrize("belt_m_s", [2.5, 3.5, 4.5])
def test_the_ordinary_runner_runs_as_runners_do(belt_m_s: float) -> None:
    steps = list(true_steps(running(Runner(fatigue_pct_per_10_min=0), belt_m_s), "deck4", 60))
    usual = {2.5: (268, 162, 48), 3.5: (224, 171, 70), 4.5: (194, 184, 98)}[belt_m_s]
    contact_ms, cadence_spm, valr_bw_s = usual
    assert mean(steps, "contact_ms") == pytest.approx(contact_ms, rel=0.01)
    assert 60_000 / mean(steps, "step_ms") == pytest.approx(cadence_spm, rel=0.01)
    assert mean(steps, "valr_bw_s") == pytest.approx(valr_bw_s, rel=0.04)
    ahead_mm = {2.5: (212, 48), 3.5: (258, 38), 4.5: (301, 31)}[belt_m_s]
    assert abs(mean(steps, "reach_ahead_mm") - ahead_mm[0]) < ahead_mm[1]
    spread = np.std([step.contact_ms for step in steps]) / mean(steps, "contact_ms")
    assert spread == pytest.approx(0.02, abs=0.004)
    spread = np.std([step.active_peak_bw for step in steps]) / mean(steps, "active_peak_bw")
    assert spread == pytest.approx(0.03, abs=0.007)
    assert all(step.strike == "rear" and step.impact_method == "peak" for step in steps)


def test_stated_numbers_are_met() -> None:
    runner = Runner(
        cadence_spm=178,
        contact_ms=236,
        valr_bw_s=52,
        variation=STEADY,
        fatigue_pct_per_10_min=0,
    )
    steps = list(true_steps(running(runner), "deck4", 10))
    assert mean(steps, "contact_ms") == pytest.approx(236, abs=0.3)
    assert mean(steps, "cadence_spm") == pytest.approx(178, abs=0.1)
    assert mean(steps, "valr_bw_s") == pytest.approx(52, rel=0.005)


def test_asymmetry_is_as_stated() -> None:
    runner = Runner(
        contact_asymmetry_pct=6,
        loading_asymmetry_pct=-20,
        variation=STEADY,
        fatigue_pct_per_10_min=0,
    )
    steps = list(true_steps(running(runner), "deck4", 10))[1:-1]
    for field, stated in (("contact_ms", 6), ("valr_bw_s", -20)):
        left, right = (
            np.mean([getattr(step, field) for step in steps if step.side == side])
            for side in ("left", "right")
        )
        assert 200 * (left - right) / (left + right) == pytest.approx(stated, abs=0.4)


def test_a_forefoot_lands_elsewhere_and_softer() -> None:
    rear = list(true_steps(running(Runner()), "insoles", 10))
    fore = list(true_steps(running(Runner(strike="non_rear")), "insoles", 10))
    assert mean(rear, "strike_index_pct") < 25 < 45 < mean(fore, "strike_index_pct")
    assert mean(fore, "onset_ms") < mean(rear, "onset_ms") - 20
    assert mean(fore, "valr_bw_s") < 0.75 * mean(rear, "valr_bw_s")
    assert {step.impact_method for step in fore} == {"stance13"}
    assert {step.strike for step in fore} == {"non_rear"}


def test_tired_legs_stay_longer_and_land_harder() -> None:
    runner = Runner(fatigue_pct_per_10_min=4)
    steps = list(true_steps(running(runner), "deck1", 240))
    early, late = steps[:60], steps[-60:]
    assert 1.005 < mean(late, "contact_ms") / mean(early, "contact_ms") < 1.025
    assert mean(late, "valr_bw_s") > 1.01 * mean(early, "valr_bw_s")
    assert mean(late, "step_ms") > mean(early, "step_ms")


def test_days_differ_and_are_the_same_when_they_come_again() -> None:
    means = [
        mean(list(true_steps(running(Runner(day=day)), "deck1", 20)), "contact_ms")
        for day in (0, 1, 2, 1)
    ]
    assert means[1] == means[3]
    assert len(set(means)) == 3
    assert np.ptp(means) < 40


@pytest.mark.parametrize(
    ("runner", "why"),
    [
        (Runner(contact_ms=350, cadence_spm=190), "leaves no flight"),
        (Runner(valr_bw_s=240), "a loading rate of 240 BW/s is not in this model's reach"),
        (Runner(mass_kg=-1), "simulator: Expected `float` >= 20.0 - at `runner.mass_kg`"),
    ],
)
def test_who_cannot_run_so_is_refused_at_once(runner: Runner, why: str) -> None:
    with pytest.raises(InputError) as refused:
        SimulatorSource(Parameters(runner=runner))
    assert why in str(refused.value)


# --- truth of each rig ------------------------------------------------------------------------


def test_each_rig_has_the_truth_that_it_can_know() -> None:
    by_rig = {
        rig: list(true_steps(Parameters(), rig, 6))[3]
        for rig in ("deck1", "deck4", "insoles", "deck4+insoles")
    }
    assert by_rig["deck1"].strike_index_pct is None
    assert by_rig["deck1"].reach_method == "symmetric"
    assert by_rig["deck4"].reach_method == "measured"
    assert by_rig["deck4"].step_width_mm is not None
    assert by_rig["deck4"].onset_ms is None
    assert by_rig["insoles"].cop_travel_mm is None
    assert by_rig["insoles"].reach_behind_mm is None
    assert by_rig["deck4+insoles"].strike_index_pct == by_rig["insoles"].strike_index_pct
    assert by_rig["deck4+insoles"].reach_ahead_mm == by_rig["deck4"].reach_ahead_mm


def test_ahead_and_behind_make_up_what_the_belt_moved() -> None:
    for step in list(true_steps(Parameters(), "deck4", 8, filtered=False))[1:-1]:
        assert step.reach_ahead_mm is not None
        assert step.reach_behind_mm is not None
        assert step.contact_ms is not None
        roll_mm = 3.0 * step.contact_ms - step.reach_ahead_mm - step.reach_behind_mm
        assert 150 < roll_mm < 230
    first, *_, last = true_steps(Parameters(), "deck4", 8)
    assert first.reach_ahead_mm is None
    assert last.flight_ms is None


# --- phases -----------------------------------------------------------------------------------

SCHEDULE = (
    Phase(activity="empty", duration_s=2),
    Phase(activity="stand", duration_s=6),
    Phase(activity="walk", duration_s=8, belt_m_s=1.3),
    Phase(activity="run", duration_s=6, belt_m_s=2.8),
    Phase(activity="empty", duration_s=4),
    Phase(activity="run", belt_m_s=3.2),
)


def test_phases_follow_each_other() -> None:
    parameters = msgspec.structs.replace(QUIET, schedule=SCHEDULE)
    force = samples(parameters, "deck1", 30)["deck"][:, 0]
    weight = 70 * GRAVITY_M_S2
    part = {
        name: force[int(500 * a) : int(500 * b)]
        for name, a, b in (
            ("empty", 0, 2),
            ("stand", 2.5, 7.5),
            ("walk", 9.5, 15),
            ("run", 17, 21.5),
            ("pause", 22, 26),
            ("again", 26.5, 30),
        )
    }
    assert (part["empty"] == 0).all()
    np.testing.assert_allclose(part["stand"], weight, rtol=1e-6)
    assert part["walk"].min() > 0.4 * part["walk"].mean()
    assert (part["run"] == 0).mean() > 0.2
    assert part["run"].max() > 2 * weight
    assert (part["pause"] == 0).all()
    assert part["again"].max() > 2 * weight
    runs = [step.t_s for step in true_steps(parameters, "deck1", 30)]
    assert all(16 < t_s < 22 or t_s > 26 for t_s in runs)
    assert sum(t_s > 26 for t_s in runs) > 8


def test_the_belts_speed_is_told_at_each_change() -> None:
    parameters = msgspec.structs.replace(QUIET, schedule=SCHEDULE)
    source = SimulatorSource(parameters, "deck1", 200, None, 30)
    assert source.conditions.belt_m_s == 2.8
    last_s, belts = 0.0, []
    for item in source.blocks():
        if isinstance(item, Belt):
            assert item.t_s >= last_s - 1e-9
            belts.append((item.t_s, item.belt_m_s))
        else:
            last_s = item.first_s
    assert belts == [(0, 0), (2, 0), (8, 1.3), (16, 2.8), (22, 0), (26, 3.2)]


def test_steps_across_a_pause_are_not_one_stride() -> None:
    parameters = msgspec.structs.replace(QUIET, schedule=SCHEDULE)
    steps = list(true_steps(parameters, "deck4", 30))
    before = max((step for step in steps if step.t_s < 22), key=lambda step: step.t_s)
    assert before.step_ms is None
    assert before.reach_ahead_mm is None
    after = steps[steps.index(before) + 1]
    assert after.reach_ahead_mm is None
    assert after.step_ms is not None


def test_noise_is_as_large_as_stated() -> None:
    parameters = Parameters(
        deck=Deck(zero_n=40, drift_n_per_min=30, noise_n=3, vibration_n=0),
        insoles=Insoles(preload_n=2, drift_n_per_min=0, noise_n=0.5),
        schedule=(Phase(activity="empty"),),
    )
    both = samples(parameters, "deck4+insoles", 60)
    force, t_s = both["deck"].sum(axis=1), np.arange(30_000) / 500
    slope, zero = np.polyfit(t_s, force, 1)
    assert (60 * slope, zero) == (pytest.approx(30, abs=0.5), pytest.approx(40, abs=0.3))
    assert np.std(force - np.polyval((slope, zero), t_s)) == pytest.approx(3, rel=0.03)
    assert np.mean(both["insoles"]) == pytest.approx(2, abs=0.01)
    assert np.std(both["insoles"]) == pytest.approx(0.5, rel=0.03)


def test_close_ends_an_endless_run() -> None:
    source = SimulatorSource(Parameters(), "deck4", 500, None)
    blocks = source.blocks()
    next(blocks)
    source.close()
    assert len(list(blocks)) <= 1
