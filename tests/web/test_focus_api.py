"""Choosing a skill, what came of it, how it felt, what is next: by the page's API."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from tests.daemon.examples import practised
from tests.web.stage import ABOUT, Runs, Stage, session, staged

from softshoe.coaching import AimAt, Focus, FocusOn, Practised, Target

SAME_ORIGIN = {"Content_Type": "application/json", "Sec_Fetch_Site": "same-origin"}
SKILLS = ["straight", "tall", "soft", "close", "push"]


@pytest.fixture
def stage() -> Iterator[Stage]:
    runs = Runs({name: (session(name, state="open"), ()) for name in ("s1", "s2")})
    with staged(runs) as it:
        yield it


def get(stage: Stage, path: str) -> Any:
    status, _, body = stage.ask(path)
    assert status == 200, body
    return json.loads(body)


def send(stage: Stage, path: str, body: object, method: str = "POST") -> int:
    return stage.ask(path, method, json.dumps(body).encode(), **SAME_ORIGIN)[0]


def wishes(stage: Stage) -> list[object]:
    """What the pipeline would be handed, but for who runs."""
    return [wish for wish in stage.wishes.take() if isinstance(wish, FocusOn | AimAt)]


def keep(stage: Stage, *events: Practised) -> None:
    stage.publish(session("s1"), session("s2"), *events)  # type: ignore[arg-type]
    stage.people._writer.take(0.0)
    stage.people._writer._commit()


def join(stage: Stage) -> None:
    assert send(stage, "/api/v1/runners", {"name": "Ines", "pin": "2468"}) == 200


def test_skills_are_offered_with_what_measures_them_here(stage: Stage) -> None:
    stage.publish(ABOUT)
    found = get(stage, "/api/v1/focus")
    assert found["focus"] is None
    assert [card["skill"] for card in found["skills"]] == SKILLS
    assert [card["metric"] for card in found["skills"]] == [
        None,
        None,
        "valr13_bw_s",
        "reach_ahead_mm",
        "forefoot_share_pct",
    ]
    assert {card["minutes"] for card in found["skills"]} == {1}
    assert "Derek Clark" in found["credit"]


def test_a_skill_is_wished_for_with_the_runners_history(stage: Stage) -> None:
    assert send(stage, "/api/v1/focus", {"skill": "soft"}) == 204
    join(stage)
    keep(stage, practised("s1"))
    assert send(stage, "/api/v1/sessions/s1/claim", {}) == 204
    assert send(stage, "/api/v1/focus", {"skill": "soft"}) == 204
    assert send(stage, "/api/v1/focus", {"skill": None}) == 204
    first, second, none = wishes(stage)
    assert isinstance(first, FocusOn)
    assert (first.skill, first.history.results) == ("soft", ())
    assert isinstance(second, FocusOn)
    assert [result.skill for result in second.history.results] == ["soft"]
    assert none == FocusOn(skill=None, history=second.history)
    minutes = {card["skill"]: card["minutes"] for card in get(stage, "/api/v1/focus")["skills"]}
    assert minutes == {**dict.fromkeys(SKILLS, 1), "soft": 2}


@pytest.mark.parametrize(
    ("path", "method", "body"),
    [
        ("/api/v1/focus", "POST", {"skill": "fast"}),
        ("/api/v1/focus", "POST", {}),
        ("/api/v1/target", "PUT", {"metric": "valr13_bw_s", "value": -1}),
        ("/api/v1/target", "PUT", {"metric": "beauty", "value": 1}),
        ("/api/v1/sessions/s1/rating", "PUT", {"skill": "tall", "rating": 6}),
    ],
)
def test_what_makes_no_sense_is_refused(
    stage: Stage, path: str, method: str, body: dict[str, object]
) -> None:
    assert send(stage, path, body, method) == 422
    assert wishes(stage) == []


def test_a_target_holds_now_and_is_remembered(stage: Stage) -> None:
    asked = {"metric": "valr13_bw_s", "value": 50.0, "belt_m_s": 3.0}
    target = Target(metric="valr13_bw_s", value=50.0, belt_m_s=3.0)
    assert send(stage, "/api/v1/target", asked, "PUT") == 204
    join(stage)
    assert send(stage, "/api/v1/target", asked, "PUT") == 204
    assert wishes(stage) == [AimAt(0.0, target)] * 2
    assert send(stage, "/api/v1/focus", {"skill": "soft"}) == 204
    (wish,) = wishes(stage)
    assert isinstance(wish, FocusOn)
    assert wish.history.targets == (target,)


def test_what_came_of_it_stands_beside_the_run(stage: Stage) -> None:
    keep(stage, practised("s1", improved="better", change_pct=-14.0, noise_pct=4.0))
    found = get(stage, "/api/v1/sessions/s1/practice")
    (came,) = found["came"]
    assert came["sentence"] == "Softer by 14 % ± 4 while you minded it."
    assert came["practised"]["result"]["rating"] is None
    assert found["suggestion"]["skill"] == "soft"
    assert send(stage, "/api/v1/sessions/s1/rating", {"skill": "soft", "rating": 4}, "PUT") == 204
    (came,) = get(stage, "/api/v1/sessions/s1/practice")["came"]
    assert came["practised"]["result"]["rating"] == 4


def test_a_run_without_practice_still_suggests_one(stage: Stage) -> None:
    found = get(stage, "/api/v1/sessions/s2/practice")
    assert found["came"] == []
    assert found["suggestion"]["skill"] in SKILLS


def test_a_runner_sees_what_they_practised_and_nobody_elses(stage: Stage) -> None:
    keep(stage, practised("s1"), practised("s2", skill="tall"))
    assert stage.ask("/api/v1/runners/me/practice")[0] == 403
    join(stage)
    assert get(stage, "/api/v1/runners/me/practice")["skills"] == []
    assert send(stage, "/api/v1/sessions/s2/claim", {}) == 204
    (skill,) = get(stage, "/api/v1/runners/me/practice")["skills"]
    assert (skill["skill"], skill["trend"]["runs"]) == ("tall", 1)
    assert skill["beside"]
    assert stage.ask("/api/v1/sessions/s1/practice")[0] == 404


def test_the_focus_that_goes_on_is_told(stage: Stage) -> None:
    focus = Focus(
        skill="soft",
        t_s=0.0,
        phase="warm_up",
        focus_run=1,
        planned_min=1,
        window=0,
        windows=1,
        left_s=180.0,
        total_s=60.0,
        done_s=0.0,
        on_target_s=0.0,
        counted_s=0.0,
        minute=("to_come",) * 60,
    )
    stage.publish(focus)
    for _ in range(50):
        if get(stage, "/api/v1/focus")["focus"]:
            break
    assert get(stage, "/api/v1/focus")["focus"]["skill"] == "soft"
