"""The five skills of The Running Recipe by Derek Clark (2016), in our own words.

What a runner can change by attention stands in the cues; what needs work beside running, because
something is stiff or weak, stands in the exercises.
"""

from typing import Literal

from msgspec import Struct

from softshoe.coach.cue_texts import CLOSE, PUSH, SOFT, STRAIGHT, TALL, CueText
from softshoe.coaching import Skill

CREDIT = "After The Running Recipe by Derek Clark, Mountain Ridge Physical Therapy, 2016."
ADVICE = "Start small, leave out what hurts, and ask a professional about pain before you begin."


class Exercise(Struct, frozen=True):
    """Work beside running."""

    kind: Literal["mobility", "strength", "drill"]
    text: str


class Guide(Struct, frozen=True, kw_only=True):
    """All that is said of a skill."""

    number: int
    title: str
    idea: str
    cues: tuple[CueText, ...]
    question: str
    """For the runner's own rating, 1 (not at all) to 5 (all the time)."""
    beside: tuple[Exercise, ...]


GUIDES: dict[Skill, Guide] = {
    "straight": Guide(
        number=1,
        title="Straight ahead",
        idea="What moves sideways or twists does not carry you forward.",
        cues=STRAIGHT,
        question="How straight did your arms and legs swing?",
        beside=(
            Exercise("mobility", "Loosen the calves: massage them, or roll them over a tube."),
            Exercise("mobility", "Stretch the front of the hips, so that the thigh swings back."),
            Exercise("strength", "Lift the upper leg while you lie on your side: pelvis level."),
            Exercise("strength", "Stand on one leg before a mirror and keep both hips level."),
        ),
    ),
    "tall": Guide(
        number=2,
        title="Tall and neutral",
        idea="A long, quiet back: neither arched nor rounded, with the hips leading.",
        cues=TALL,
        question="How tall did you stay?",
        beside=(
            Exercise("mobility", "Move spine and hips slowly through all they can do."),
            Exercise("mobility", "Stretch the front of the hips, kneeling on one knee."),
            Exercise("strength", "Hold a side plank, then the same with the upper leg lifted."),
            Exercise("strength", "On hands and knees, reach out one arm and the other leg."),
            Exercise("strength", "Lie face down and lift the arms as a Y, shoulder blades low."),
        ),
    ),
    "soft": Guide(
        number=3,
        title="Land softly",
        idea="Your ears tell you: the quieter the feet, the softer the landing.",
        cues=SOFT,
        question="How quiet were your feet?",
        beside=(
            Exercise("drill", "Short barefoot strides on soft turf; a minute or two is plenty."),
            Exercise("drill", "Quiet hops on the spot: on two legs, later on one."),
            Exercise("drill", "Quiet hops forwards, back and sideways: two legs, later one."),
            Exercise("drill", "Jump onto a low box without a sound: two legs, later one."),
        ),
    ),
    "close": Guide(
        number=4,
        title="Land close",
        idea="Let the foot meet the ground near the body; the stride's length lies behind you.",
        cues=CLOSE,
        question="How close to you did your feet land?",
        beside=(
            Exercise("mobility", "Stretch the front of the hips, so that the thigh swings back."),
            Exercise("mobility", "Loosen the calves: massage them, or roll them over a tube."),
            Exercise("mobility", "Move spine and hips slowly through all they can do."),
        ),
    ),
    "push": Guide(
        number=5,
        title="Push back",
        idea="Buttocks and hamstrings send you forward: the leg works behind you.",
        cues=PUSH,
        question="How well did you feel your legs push back?",
        beside=(
            Exercise("drill", "Short fast runs on a track, with full rests between."),
            Exercise("strength", "Bridge on one leg: lift the hips, squeeze, lower slowly."),
            Exercise("strength", "Squats on one leg, lunges, steps up onto a box."),
            Exercise("strength", "Stand on one leg and tighten that side's buttock."),
            Exercise("drill", "Long bounding strides, and jumps onto a box."),
        ),
    ),
}
