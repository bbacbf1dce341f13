"""What is said: short, plain, kind, complete; and no word that promises or judges a body."""

import re
from typing import get_args

import pytest

from softshoe.coach import sentences, suggestion
from softshoe.coach.cue_texts import CueText
from softshoe.coach.signals import SIGNALS
from softshoe.coach.skills import ADVICE, CREDIT, GUIDES
from softshoe.coaching import Skill

SKILLS: tuple[Skill, ...] = get_args(Skill)
NEVER = re.compile(r"diagnos|injur|abnormal|treat|patient|symptom|disease|therap|cure|heal|!", re.I)


def everything_said() -> list[str]:
    said = [ADVICE, *suggestion._WHY.values(), *sentences._BETTER.values()]
    said += [suggestion._ORDINARY, suggestion._UNKNOWN, suggestion._YOURS, suggestion._ENOUGH]
    for guide in GUIDES.values():
        said += [guide.title, guide.idea, guide.question, *(one.text for one in guide.beside)]
        said += [cue.spoken("left") for cue in guide.cues]
    return said


def test_each_of_the_five_skills_has_a_guide_in_order() -> None:
    assert tuple(GUIDES) == SKILLS == tuple(SIGNALS)
    assert [guide.number for guide in GUIDES.values()] == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("skill", SKILLS)
def test_a_cue_is_one_word_and_two_short_lines(skill: Skill) -> None:
    cues = GUIDES[skill].cues
    assert len(cues) == len({cue.word for cue in cues}) >= 4
    for cue in cues:
        assert re.fullmatch(r"[A-Z][a-z]{2,8}", cue.word)
        assert 0 < len(cue.first) <= 16
        assert 0 < len(cue.second) <= 16


@pytest.mark.parametrize("skill", SKILLS)
def test_each_skill_asks_and_suggests_work_beside_running(skill: Skill) -> None:
    assert GUIDES[skill].question.endswith("?")
    assert len(GUIDES[skill].beside) >= 3


def test_no_word_promises_or_judges_a_body_and_nobody_shouts() -> None:
    said = everything_said()
    assert len(said) > 50
    assert not [text for text in said if NEVER.search(text)]


def test_the_booklet_is_credited() -> None:
    assert "The Running Recipe" in CREDIT
    assert "Derek Clark" in CREDIT


def test_a_spoken_cue_names_the_foot_that_drives_it() -> None:
    text = CueText("Quieter", "Let the foot", "drop under you")
    assert text.spoken(None) == "Quieter. Let the foot drop under you."
    assert text.spoken("right") == "Quieter. Let the foot drop under you. Mind the right foot."
