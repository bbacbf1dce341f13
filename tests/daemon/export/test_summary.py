"""The summary of a run: what it holds, and that it reads back."""

import json

from softshoe.events import Conventions, Means, Session, Step
from softshoe.export.summary import Summary, encode_summary, quality_of

CONVENTIONS = Conventions(
    threshold_n=50.0,
    cutoff_hz=50.0,
    rate_hz=300.0,
    impact_method="peak",
    body_weight_n=700.0,
    body_weight_source="strides",
)
SESSION = Session(
    session="s1",
    device="recording",
    rig="deck4",
    conventions=CONVENTIONS,
    steps=3,
    rejected={"gap": 2},
    all=Means(n=3, contact_ms=250.0 + 1e-9),
)


def step(loading: str, *reasons: str) -> Step:
    return Step(
        moment="final",
        t_s=0.0,
        loading_quality=loading,
        quality_reasons=reasons,  # type: ignore[arg-type]
    )


def test_quality_counts_words_and_reasons() -> None:
    quality = quality_of([step("good"), step("low", "rate"), step("low", "rate", "gap")])
    assert quality.loading == {"good": 1, "low": 2}
    assert quality.timing == {"good": 3}
    assert quality.reasons == {"rate": 2, "gap": 1}


def test_summary_holds_session_conventions_rejected_and_quality() -> None:
    summary = Summary(
        recording="trial",
        activity="run",
        cadence_spm=None,
        session=SESSION,
        quality=quality_of([step("good")]),
        notes=("mass differs",),
    )
    read = json.loads(encode_summary(summary))
    assert (read["v"], read["recording"], read["activity"]) == (1, "trial", "run")
    assert read["session"]["conventions"]["threshold_n"] == 50.0
    assert read["session"]["rejected"] == {"gap": 2}
    assert read["session"]["all"]["contact_ms"] == 250.0
    assert read["session"]["all"]["flight_ms"] is None
    assert read["quality"]["loading"] == {"good": 1}
    assert read["notes"] == ["mass differs"]
