"""Every form of recording becomes the same streams; what cannot be meant is refused."""

from pathlib import Path

import numpy as np
import pytest

from softshoe.errors import InputError
from softshoe.events import Belt
from softshoe.rigs import Conditions, DeckLayout, Sensor
from softshoe_hw.insole_layout import DEFAULT_SENSORS
from softshoe_hw.recording import Recording, read_recording
from softshoe_hw.recording_options import RecordingOptions

RUN = '[recording]\nkind = "deck"\nrate_hz = 100.0\nunit = "N"\n'
CORNERS = '[deck]\nlayout = "four_cell"\nhalf_length_mm = 700\nhalf_width_mm = 300\n'
INSOLE = '[recording]\nkind = "insoles"\nrate_hz = 100\nunit = "kPa"\n'
FORCE = "t_s,fz_n\n0,700\n0.01,701\n0.02,702\n"


def written(folder: Path, samples: str, sidecar: str | None = None) -> Path:
    path = folder / "run.csv"
    path.write_text(samples)
    if sidecar is not None:
        path.with_suffix(".toml").write_text(sidecar)
    return path


def read(folder: Path, samples: str, sidecar: str | None = None, **options: object) -> Recording:
    path = written(folder, samples, sidecar)
    return read_recording(path, RecordingOptions(**options))  # type: ignore[arg-type]


def refusal(folder: Path, samples: str, sidecar: str | None = None, **options: object) -> str:
    with pytest.raises(InputError) as refused:
        read(folder, samples, sidecar, **options)
    text = str(refused.value)
    assert "\n" not in text
    return text.replace(f"{folder}/", "")


# --- forms ------------------------------------------------------------------------------------


def test_force_with_its_sidecar(tmp_path: Path) -> None:
    recording = read(
        tmp_path,
        "t_s,fz_n\n2,700\n2.01,\n2.02,702\n",
        RUN + 'activity = "run"\nbelt_m_s = 2.5\nbody_mass_kg = 70\n'
        "[subject]\nheight_mm = 1800\n[treadmill]\nslope_deg = -3\n",
    )
    assert recording.name == "run"
    assert recording.rig.name == "deck1"
    assert recording.conditions == Conditions(
        belt_m_s=2.5, slope_deg=-3, body_mass_kg=70, height_mm=1800, activity="run"
    )
    whole = recording.tracks[0].whole
    assert (whole.first_s, whole.first_index, whole.segment) == (2.0, 0, 0)
    np.testing.assert_array_equal(whole.values, [[700], [np.nan], [702]])
    assert (recording.start_s, recording.end_s) == (2.0, 2.03)
    assert recording.warnings == ()


def test_force_and_centre_of_pressure(tmp_path: Path) -> None:
    recording = read(tmp_path, "t_s,fz_n,cop_x_mm,cop_y_mm\n0,700,1,2\n0.01,3,4e6,\n", RUN)
    assert recording.rig.name == "deck4"
    stream = recording.tracks[0].stream
    assert stream.channels == ("fz_n", "cop_x_mm", "cop_y_mm")
    assert stream.deck == DeckLayout("force_cop")


def test_four_corner_cells(tmp_path: Path) -> None:
    samples = "t_s,fl_n,fr_n,rl_n,rr_n\n0,1,2,3,4\n0.01,5,6,7,8\n"
    stream = read(tmp_path, samples, RUN + CORNERS).tracks[0].stream
    assert stream.deck == DeckLayout("four_cell", 700, 300)


def test_corner_cells_sized_by_the_user(tmp_path: Path) -> None:
    samples = "t_s,fl_n,fr_n,rl_n,rr_n\n0,1,2,3,4\n0.01,5,6,7,8\n"
    recording = read(tmp_path, samples, RUN, half_length_mm=650.0, half_width_mm=250.0)
    assert recording.tracks[0].stream.deck == DeckLayout("four_cell", 650, 250)


def test_insoles_with_sensors_known_by_name(tmp_path: Path) -> None:
    sidecar = INSOLE + (
        '[insole]\nlength_mm = 280\nsensors = [{name = "heel_lat", x_pct = 12.5}, '
        '{name = "toe", x_pct = 90, y_mm = 0, zone = "fore"}]\n'
    )
    samples = "t_s,l1,l2,r1,r2,l_total_n,r_total_n\n0,1,2,3,4,9,9\n0.01,1,2,3,4,9,9\n"
    recording = read(tmp_path, samples, sidecar)
    stream = recording.tracks[0].stream
    assert stream.unit == "kPa"
    assert stream.channels == ("l1", "l2", "r1", "r2")
    assert stream.insole is not None
    assert stream.insole.sensors == (
        Sensor("heel_lat", 12.5, 20.0, "heel"),
        Sensor("toe", 90.0, 0.0, "fore"),
    )
    assert stream.insole.length_mm == 280
    np.testing.assert_array_equal(recording.tracks[0].whole.values[0], [1, 2, 3, 4])
    assert recording.warnings == ()


def test_the_default_layout_by_names_alone(tmp_path: Path) -> None:
    names = ", ".join(f'{{name = "{sensor.name}"}}' for sensor in DEFAULT_SENSORS)
    channels = ",".join(f"{foot}{n}" for foot in "lr" for n in range(1, 9))
    row = ",".join("1" for _ in range(16))
    samples = f"t_s,{channels}\n0,{row}\n0.01,{row}\n"
    stream = read(tmp_path, samples, INSOLE + f"[insole]\nsensors = [{names}]\n").tracks[0].stream
    assert stream.insole is not None
    assert stream.insole.sensors == DEFAULT_SENSORS


def test_insoles_without_a_layout(tmp_path: Path) -> None:
    stream = read(tmp_path, "t_s,l1,r1\n0,1,2\n0.01,1,2\n", INSOLE).tracks[0].stream
    assert stream.insole is not None
    assert (stream.insole.channels_per_foot, stream.insole.sensors) == (1, ())


def test_counts_are_carried_not_converted(tmp_path: Path) -> None:
    sidecar = (
        '[recording]\nkind = "insoles"\nrate_hz = 100\nunit = "counts"\ncalibration = "cal"\n'
        "[fsr]\nvref_v = 5.0\nbits = 10\nr_m_ohm = 2200.0\n"
        '[calibration]\nphases = [{name = "unloaded", start_s = 0, end_s = 5}]\n'
    )
    recording = read(tmp_path, "t_s,l1,r1\n0,12,1023\n0.01,12,1023\n", sidecar)
    assert recording.calibration == "cal"
    assert recording.tracks[0].fsr is not None
    assert recording.tracks[0].fsr.r_m_ohm == 2200
    assert recording.phases[0].name == "unloaded"
    np.testing.assert_array_equal(recording.tracks[0].whole.values[0], [12, 1023])


def test_plain_csv_described_by_the_user(tmp_path: Path) -> None:
    recording = read(
        tmp_path,
        "time,left,right,Fz\n5,1,2,700\n5.01,1,2,701\n",
        rate_hz=100.0,
        time_column="time",
        deck_columns=("Fz",),
        insole_columns=("left", "right"),
        belt_m_s=3.0,
        body_mass_kg=60.0,
        height_mm=1700.0,
        activity="run",
    )
    assert recording.rig.name == "deck1+insoles"
    assert recording.tracks[0].stream.channels == ("fz_n",)
    assert recording.tracks[1].stream.channels == ("l1", "r1")
    np.testing.assert_array_equal(recording.tracks[1].whole.values, [[1, 2], [1, 2]])
    assert recording.tracks[0].whole.first_s == 5.0
    assert recording.conditions == Conditions(
        belt_m_s=3.0, body_mass_kg=60.0, height_mm=1700.0, activity="run"
    )


def test_plain_csv_without_times_starts_at_zero(tmp_path: Path) -> None:
    whole = read(tmp_path, "fz_n\n700\n701\n", rate_hz=250.0).tracks[0].whole
    assert whole.first_s == 0.0
    assert len(whole.values) == 2


def test_the_users_word_wins(tmp_path: Path) -> None:
    recording = read(tmp_path, FORCE, RUN + "belt_m_s = 2\n", belt_m_s=4.0, unit="counts")
    assert recording.conditions.belt_m_s == 4.0
    assert recording.tracks[0].stream.unit == "counts"


def test_unknown_keys_and_columns_are_told_not_fatal(tmp_path: Path) -> None:
    recording = read(
        tmp_path,
        "t_s,fz_n,pulse\n0,1,80\n0.01,2,80\n",
        RUN + 'colour = "red"\n[weather]\nrain = true\n',
    )
    assert recording.warnings == (
        f"{tmp_path}/run.toml: key 'recording.colour' is not known and was ignored",
        f"{tmp_path}/run.toml: key 'weather' is not known and was ignored",
        f"{tmp_path}/run.csv: column 'pulse' is not used",
    )


def test_a_belt_file_beside_it(tmp_path: Path) -> None:
    (tmp_path / "run.belt.csv").write_text("t_s,belt_m_s\n0,2.5\n8,\n")
    assert read(tmp_path, FORCE, RUN).belts == (Belt(0, 2.5), Belt(8, None))


# --- times ------------------------------------------------------------------------------------


def test_rounded_and_jittering_times_are_no_gaps(tmp_path: Path) -> None:
    samples = "t_s,fz_n\n0,1\n0.003,2\n0.007,3\n0.0101,4\n0.0130,5\n"
    whole = read(tmp_path, samples, RUN.replace("100.0", "300.0")).tracks[0].whole
    np.testing.assert_array_equal(whole.values[:, 0], [1, 2, 3, 4, 5])


def test_a_true_gap_becomes_missing_rows(tmp_path: Path) -> None:
    samples = "t_s,fz_n\n0,1\n0.01,2\n0.04,5\n0.05,6\n"
    whole = read(tmp_path, samples, RUN).tracks[0].whole
    nan = np.nan
    np.testing.assert_array_equal(whole.values[:, 0], [1, 2, nan, nan, 5, 6])


# --- errors -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("samples", "sidecar", "why"),
    [
        ("t_s,fz_n\n0,1\n0.02,2\n0.01,3\n", RUN, "run.csv, line 4: t_s 0.01 does not follow 0.02"),
        ("t_s,fz_n\n0,1\n0.01,2\n0.01,3\n", RUN, "run.csv, line 4: t_s 0.01 does not follow 0.01"),
        ("t_s,fz_n\n0,1\n,2\n0.02,3\n", RUN, "run.csv, line 3: t_s is missing"),
        ("time,fz_n\n0,1\n", RUN, "run.csv, line 1: no column t_s"),
        ("t_s,force\n0,1\n0.01,2\n", RUN, "run.csv, line 1: no deck column"),
        ("t_s,fz_n,cop_x_mm\n0,1,2\n0.01,1,2\n", RUN, "run.csv, line 1: no column cop_y_mm;"),
        ("t_s,fl_n,fr_n,rr_n\n0,1,2,3\n0.01,1,2,3\n", RUN + CORNERS, "line 1: no column rl_n;"),
        ("t_s,fz_n\n0,1\n0.01,2\n", RUN + CORNERS, "line 1: no column fl_n, fr_n, rl_n, rr_n;"),
        (
            "t_s,fl_n,fr_n,rl_n,rr_n\n0,1,2,3,4\n0.01,1,2,3,4\n",
            RUN,
            "run.csv: four corner cells need half_length_mm and half_width_mm of the deck",
        ),
        ("t_s,l1,l2,r1\n0,1,2,3\n0.01,1,2,3\n", INSOLE, "run.csv, line 1: no column r2;"),
        ("t_s,fz_n\n0,1\n0.01,2\n", INSOLE, "run.csv, line 1: no insole columns"),
        (
            "t_s,l1,r1\n0,1,2\n0.01,1,2\n",
            INSOLE + '[insole]\nsensors = [{name = "arch"}, {name = "mt1"}]\n',
            "run.csv, line 1: no column l2, r2;",
        ),
        (
            "t_s,l1,l2,r1,r2\n0,1,2,3,4\n0.01,1,2,3,4\n",
            INSOLE + '[insole]\nsensors = [{name = "arch"}]\n',
            "run.csv: 2 sensors a foot, the sidecar names 1",
        ),
        (
            "t_s,l1,r1\n0,1,2\n0.01,1,2\n",
            INSOLE + '[insole]\nsensors = [{name = "thumb", x_pct = 3}]\n',
            "run.csv: the sidecar's sensor 'thumb' needs x_pct, y_mm and zone",
        ),
        (
            "t_s,fz_n\n0,\n0.01,\n0.02,3\n",
            RUN,
            "run.csv: column fz_n is missing in 67 % of the rows;",
        ),
        (
            "t_s,fz_n,cop_x_mm,cop_y_mm\n0,1,1,\n0.01,1,1,\n0.02,1,1,1\n",
            RUN,
            "run.csv: column cop_y_mm is missing in 67 % of the rows;",
        ),
        (
            "t_s,fz_n\n0,1\n0.01,2\n0.02,3\n7e9,2\n",
            RUN,
            "run.csv, line 5: more than half of the samples are missing",
        ),
        ("t_s,fz_n\n0,1\n0.01,inf\n", RUN, "run.csv, line 3: fz_n is inf N, that cannot be"),
        ("t_s,fz_n\n0,1\n0.01,-3e5\n", RUN, "run.csv, line 3: fz_n is -300000 N, that cannot be"),
        ("t_s,fz_n\n0,1\n0.1,2\n0.2,3\n", RUN, "run.csv: its times say 10 samples a second,"),
        (FORCE, '[recording]\nkind = "deck"\n', "run.csv: rate_hz is missing;"),
        (FORCE, None, "run.csv: rate_hz is missing;"),
        ("t_s,temperature\n0,1\n", "[recording]\nrate_hz = 9\n", "line 1: no column is known"),
        (FORCE, RUN.replace("100.0", "0"), "run.toml: Expected `float` > 0.0 - at `recording.rate"),
        (FORCE, RUN.replace("100.0", "nan"), "run.toml: Expected `float` > 0.0"),
        (FORCE, RUN.replace("100.0", '"fast"'), "run.toml: Expected `float`, got `str`"),
        (FORCE, RUN + "body_mass_kg = -70\n", "run.toml: Expected `float` >= 5.0"),
        (FORCE, RUN.replace('"N"', '"lbs"'), "run.toml: Invalid enum value 'lbs'"),
        (FORCE, "[recording\n", "run.toml: not a TOML file:"),
    ],
)
def test_what_is_wrong_is_named(
    tmp_path: Path, samples: str, sidecar: str | None, why: str
) -> None:
    assert why in refusal(tmp_path, samples, sidecar)


@pytest.mark.parametrize(
    ("options", "why"),
    [
        ({"deck_columns": ("fz_n", "t_s")}, "2 deck columns named; give 1"),
        ({"insole_columns": ("l1", "l2", "r1")}, "3 insole columns named;"),
        ({"deck_columns": ("Fz",)}, "run.csv, line 1: no column Fz; there is t_s, fz_n"),
        ({"time_column": "zeit"}, "run.csv, line 1: no column zeit"),
    ],
)
def test_what_the_user_says_must_be_there(
    tmp_path: Path, options: dict[str, object], why: str
) -> None:
    assert why in refusal(tmp_path, FORCE, rate_hz=100.0, **options)


def test_a_sidecar_is_not_a_recording(tmp_path: Path) -> None:
    written(tmp_path, FORCE, RUN)
    with pytest.raises(InputError, match=r"run\.toml: this is a sidecar; give the \.csv"):
        read_recording(tmp_path / "run.toml")


def test_a_folder_needs_its_sidecar(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"recording\.toml: there is no such file"):
        read_recording(tmp_path)


def test_a_folders_sidecar_names_only_files_in_it(tmp_path: Path) -> None:
    board = '[[board]]\nfile = "../x.csv"\nkind = "deck"\nrate_hz = 100\n'
    (tmp_path / "recording.toml").write_text(board)
    with pytest.raises(InputError, match="Expected `str` matching regex"):
        read_recording(tmp_path)


def test_counted_rows_keep_losses_and_restarts(tmp_path: Path) -> None:
    (tmp_path / "recording.toml").write_text(
        '[[board]]\nfile = "deck.csv"\nkind = "deck"\nrate_hz = 100\nunit = "counts"\n'
    )
    rows = "0,5,0,1\n0.01,6,0,2\n0.03,8,0,4\n9,0,1,7\n9.01,1,1,8\n"
    (tmp_path / "deck.csv").write_text("t_s,index,segment,fz_n\n" + rows)
    first, second = read_recording(tmp_path).tracks[0].segments
    assert (first.first_index, first.segment, first.first_s) == (5, 0, 0.0)
    np.testing.assert_array_equal(first.values[:, 0], [1, 2, np.nan, 4])
    assert (second.first_index, second.segment, second.first_s) == (0, 1, 9.0)
    np.testing.assert_array_equal(second.values[:, 0], [7, 8])


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ("0,5,0,1\n0.01,5,0,2\n", "line 3: index 5 does not follow 5"),
        ("0,0.5,0,1\n", "line 2: index is not a count"),
        ("0,0,0,1\n0.01,9e15,0,2\n", "line 3: more than half of the samples are missing"),
    ],
)
def test_counted_rows_that_cannot_be(tmp_path: Path, rows: str, why: str) -> None:
    (tmp_path / "recording.toml").write_text(
        '[[board]]\nfile = "deck.csv"\nkind = "deck"\nrate_hz = 100\n'
    )
    (tmp_path / "deck.csv").write_text("t_s,index,segment,fz_n\n" + rows)
    with pytest.raises(InputError, match=why):
        read_recording(tmp_path)
