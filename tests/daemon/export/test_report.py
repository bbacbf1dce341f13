"""The report: right numbers, honest words, nothing that runs, one sheet of paper."""

import re
from statistics import fmean
from xml.etree import ElementTree

import pytest
from msgspec.structs import replace

from softshoe.events import Means, Session
from softshoe.export.course import Course
from softshoe.export.report import report_page
from softshoe.export.report_plot import Curve, draw
from softshoe.export.report_words import number, span_of_time
from softshoe.export.spans import Span

from .runs import WINDOWS, session_of, steps_of

STEPS = steps_of(2_100)
HOSTILE = '<img src=x onerror=alert(1)>"&'


def body_text(page: str) -> str:
    return re.sub(r"[ \n]+", " ", re.sub(r"<[^>]+>", " ", page.split("<body>")[1]))


@pytest.fixture(scope="module")
def page() -> str:
    return report_page(session_of(STEPS), iter(STEPS), WINDOWS)


def test_it_says_when_how_long_how_far_and_how(page: str) -> None:
    text = body_text(page)
    assert "2\u202f100 steps, measured by four load cells under the deck" in text
    assert span_of_time(session_of(STEPS).running_s) == "12:35"
    softness = f"{fmean(step.valr_bw_s or 0 for step in STEPS):.1f} BW/s"
    for words in ("12:35", "2.11 km", "167 steps/min", softness, "50.8 / 49.2"):
        assert words in text, words
    for words in ("50 N", "first peak of the force", "687 N, running", "deck-7", "1000 a second"):
        assert words in text, words
    assert "not a medical device" in text
    assert "Contacts that were no steps: 2 (short 2)." in text


def test_means_of_each_foot_stand_beside_each_other(page: str) -> None:
    (contact,) = re.findall(r"<tr><td>Contact .*?</tr>", page)
    assert re.findall(r"<td>([\d ./]+)</td>", contact) == ["242", "246", "238", "50.8 / 49.2"]
    assert "Step width" not in page


def test_softness_cadence_and_balance_are_drawn_over_shaded_windows(page: str) -> None:
    figures = re.findall(r"<figure.*?</figure>", page, re.S)
    assert [re.search(r"<b>(\w+)</b>", each)[1] for each in figures[:3]] == [  # type: ignore[index]
        "softness",
        "cadence",
        "balance",
    ]
    for figure in figures[:3]:
        assert figure.count('class="shade"') == 3
        assert figure.count('class="lap"') == 1
    assert figures[0].count("land softly") == 1
    assert 'class="left"' in figures[0]
    assert 'class="right"' in figures[0]
    assert "first minute" in figures[0]


def test_a_pause_is_a_gap_in_the_curve(page: str) -> None:
    (path,) = re.findall(r'<path class="left" d="([^"]+)"', page)
    assert path.count("M") == 2


def test_its_markup_is_sound_and_nothing_in_it_runs_or_comes_from_elsewhere(page: str) -> None:
    ElementTree.fromstring(re.sub(r"<(meta[^>]*)>", r"<\1/>", page.removeprefix("<!doctype html>")))
    for word in ("<script", "http", "url(", "@import", "onload", "javascript:", ' style="'):
        assert word not in page, word


def test_hostile_words_are_shown_as_words() -> None:
    session = replace(
        session_of(STEPS), alias=HOSTILE, device=HOSTILE, rig=HOSTILE, rejected={HOSTILE: 1}
    )
    page = report_page(session, STEPS, [Span(1.0, 9.0, HOSTILE)])
    assert "<img" not in page
    assert page.count("&lt;img") >= 5


def test_the_line_goes_when_the_belt_changed_its_speed() -> None:
    faster = [replace(step, belt_m_s=3.4) if step.t_s > 300 else step for step in STEPS]
    assert "first minute" not in report_page(session_of(faster), faster)


def test_one_load_cell_has_one_curve_and_no_balance() -> None:
    steps = [replace(step, side=None, foot="a") for step in STEPS]
    page = report_page(session_of(steps, rig="deck1"), steps)
    assert 'class="left"' not in page
    assert "balance over the run" not in page
    assert "softness over the run" in page


@pytest.mark.parametrize(
    "session",
    [
        session_of(STEPS, steps=0, duration_s=0.0, running_s=0.0, all=Means(), asymmetry=()),
        session_of(STEPS, started_at=None),
    ],
)
def test_what_is_not_known_is_said(session: Session) -> None:
    text = body_text(report_page(session, [] if not session.steps else STEPS))
    assert "–" in text or "date not known" in text


def test_numbers_are_written_for_people() -> None:
    assert (number(-1234.56, 1), number(None), number(0.5)) == ("−1\u202f234.6", "–", "0")
    assert (span_of_time(59.6), span_of_time(6127)) == ("1:00", "1:42:07")


def test_curves_that_end_close_together_have_names_apart() -> None:
    curves = [Curve("left", [50.0, 60.0]), Curve("right", [70.0, 60.5])]
    panel = draw("soft", "softness", "", curves, least_span=10)
    assert panel is not None
    low, high = sorted(curve.label_y for curve in panel.curves)
    assert high - low >= 15
    assert draw("soft", "softness", "", [Curve("left", [None])], least_span=10) is None


@pytest.mark.parametrize("duration_s", [0.0, 3.0, 29.6, 449.0, 7_200.0])
def test_stretches_are_equal_and_end_with_the_run(duration_s: float) -> None:
    course = Course(duration_s)
    count = len(course.stretches)
    assert 1 <= count <= 90
    assert course.stretch_s * count == pytest.approx(duration_s or 5.0)
    assert course.stretch_s >= min(5.0, duration_s or 5.0)


def test_only_what_is_above_the_line_is_filled() -> None:
    (curve,) = draw("soft", "", "", [Curve("all", [0.0, 20.0])], least_span=20, line=10.0).curves  # type: ignore[union-attr]
    heights = {float(y) for y in re.findall(r"[ML][\d.]+ ([\d.]+)", curve.above)}
    assert max(heights) == 50.0
