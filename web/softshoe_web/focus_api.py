"""The coach on the page: choosing a skill, what came of it, how it felt, and what to do next."""

from typing import Annotated

from flask import Blueprint, Response
from msgspec import Meta, Struct

from softshoe.coach.measuring import measured_by
from softshoe.coach.plan import make_plan
from softshoe.coach.sentences import result_sentence
from softshoe.coach.skills import ADVICE, CREDIT, GUIDES, Exercise
from softshoe.coach.suggestion import first_suggestion, next_suggestion
from softshoe.coach.trend import trend
from softshoe.coaching import (
    AimAt,
    Focus,
    FocusOn,
    FocusResult,
    History,
    Metric,
    Practised,
    Rating,
    Skill,
    Suggestion,
    Target,
    Trend,
)
from softshoe.events import Session
from softshoe_web.access import allowed
from softshoe_web.answers import empty, json
from softshoe_web.bodies import takes
from softshoe_web.door import Door
from softshoe_web.live import Live


class SkillCard(Struct, frozen=True, kw_only=True):
    """One skill to choose; ``metric`` is what measures it on this rig."""

    skill: Skill
    number: int
    title: str
    idea: str
    metric: Metric | None
    minutes: int
    """How long the next run minds it."""


class Chooser(Struct, frozen=True, kw_only=True):
    """The focus that goes on, if any, and what can be chosen."""

    focus: Focus | None
    skills: tuple[SkillCard, ...]
    suggestion: Suggestion | None
    credit: str = CREDIT


class Choice(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The skill to mind in this run or the next; null: no more."""

    skill: Annotated[
        Skill | None, Meta(description="straight, tall, soft, close or push; null: none")
    ]


class Wanted(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A target of one's own, in the metric's unit, at one belt speed."""

    metric: Annotated[Metric, Meta(description="the metric that measures the skill")]
    value: Annotated[float, Meta(gt=0, le=10_000, description="more than 0")]
    belt_m_s: Annotated[float | None, Meta(description="the belt's speed, or null")] = None


class Rated(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How well a skill was kept in mind, as the runner felt it or a coach saw it."""

    skill: Annotated[Skill, Meta(description="straight, tall, soft, close or push")]
    rating: Annotated[Rating, Meta(description="1 (not at all) to 5 (all the time)")]


class Came(Struct, frozen=True, kw_only=True):
    """What a focus came to, in numbers and in one sentence."""

    practised: Practised
    sentence: str
    question: str


class RunsPractice(Struct, frozen=True, kw_only=True):
    """All of one run, and what to take up next."""

    came: tuple[Came, ...]
    suggestion: Suggestion | None


class SkillSoFar(Struct, frozen=True, kw_only=True):
    """A skill over all runs: its trend, each run's result, and the work beside running."""

    skill: Skill
    title: str
    trend: Trend
    results: tuple[FocusResult, ...]
    beside: tuple[Exercise, ...]


class Progress(Struct, frozen=True, kw_only=True):
    """What a runner has practised in all."""

    skills: tuple[SkillSoFar, ...]
    suggestion: Suggestion | None
    beside: tuple[Exercise, ...]
    """The work beside running that belongs to what is suggested."""
    advice: str = ADVICE
    credit: str = CREDIT


def focus_api(door: Door, live: Live) -> Blueprint:
    api = Blueprint("focus", __name__, url_prefix="/api/v1")
    practice = door.people.practice

    @api.get("/focus")
    @allowed("view", gives=Chooser)
    def chooser() -> Response:
        """The skills, what measures each here, and how long the next run would mind it."""
        history, now = _history(door), live.snapshot()
        rig = now.about.rig if now.about else ""
        return json(
            Chooser(
                focus=now.focus,
                skills=tuple(_card(skill, rig, history) for skill in GUIDES),
                suggestion=next_suggestion(history.results),
            )
        )

    @api.post("/focus")
    @allowed("runner")
    @takes(Choice)
    def choose(asked: Choice) -> Response:
        """Mind a skill from now on, or none."""
        door.wish(FocusOn(skill=asked.skill, history=_history(door)))
        return empty()

    @api.put("/target")
    @allowed("runner")
    @takes(Wanted)
    def aim(asked: Wanted) -> Response:
        """Aim for this in place of the rule; of a runner who is logged in it is kept."""
        target = Target(metric=asked.metric, belt_m_s=asked.belt_m_s, value=asked.value)
        runner = door.asking().runner
        if runner:
            practice.aim(runner.runner, target)
        door.wish(AimAt(0.0, target))
        return empty()

    @api.get("/sessions/<session:session>/practice")
    @allowed("runner", gives=RunsPractice)
    def of_run(session: str) -> Response:
        """What was practised in a run, and what to take up next."""
        found = door.seen(session)
        came = tuple(map(_came, practice.of_session(found.session)))
        return json(RunsPractice(came=came, suggestion=_suggestion(door, found, came)))

    @api.put("/sessions/<session:session>/rating")
    @allowed("runner")
    @takes(Rated)
    def rate(asked: Rated, session: str) -> Response:
        """Say how it went; the last word counts."""
        practice.rate(door.changeable(session).session, asked.skill, asked.rating)
        return empty()

    @api.get("/runners/me/practice")
    @allowed("runner", gives=Progress)
    def mine() -> Response:
        """Every skill that the runner who is logged in has practised, and what comes next."""
        results = practice.history(door.runner().runner).results
        skills = tuple(
            _so_far(skill, results)
            for skill in GUIDES
            if any(result.skill == skill for result in results)
        )
        coming = next_suggestion(results)
        beside = GUIDES[coming.skill].beside if coming else ()
        return json(Progress(skills=skills, suggestion=coming, beside=beside))

    return api


def _history(door: Door) -> History:
    """Of who is logged in: guests are many people."""
    runner = door.asking().runner
    return door.people.practice.history(runner.runner) if runner else History()


def _card(skill: Skill, rig: str, history: History) -> SkillCard:
    guide = GUIDES[skill]
    return SkillCard(
        skill=skill,
        number=guide.number,
        title=guide.title,
        idea=guide.idea,
        metric=measured_by(skill, rig),
        minutes=make_plan(skill, history).minutes,
    )


def _came(practised: Practised) -> Came:
    return Came(
        practised=practised,
        sentence=result_sentence(practised.result),
        question=GUIDES[practised.result.skill].question,
    )


def _suggestion(door: Door, session: Session, came: tuple[Came, ...]) -> Suggestion | None:
    """By what was practised so far; where nothing was, by how this run compares."""
    results = _history(door).results or tuple(each.practised.result for each in came)
    if results:
        return next_suggestion(results)
    return first_suggestion(session.all, session.conventions.belt_m_s)


def _so_far(skill: Skill, results: tuple[FocusResult, ...]) -> SkillSoFar:
    return SkillSoFar(
        skill=skill,
        title=GUIDES[skill].title,
        trend=trend(skill, results),
        results=tuple(result for result in results if result.skill == skill),
        beside=GUIDES[skill].beside,
    )
