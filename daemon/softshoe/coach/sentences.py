"""One plain sentence about a focus run. A change inside its noise is not called one."""

from softshoe.coach.skills import GUIDES
from softshoe.coaching import FocusResult, Skill

_BETTER: dict[Skill, str] = {
    "straight": "Straighter",
    "tall": "Taller",
    "soft": "Softer",
    "close": "Closer",
    "push": "Farther back",
}
_WORSE: dict[Skill, str] = {
    "straight": "Narrower",
    "tall": "Less tall",
    "soft": "Harder",
    "close": "Farther ahead",
    "push": "Less far back",
}


def result_sentence(result: FocusResult) -> str:
    """What changed while the skill was minded; the question where nothing measured it."""
    match result.improved:
        case "unknown":
            return GUIDES[result.skill].question
        case "same":
            return "No change beyond the spread of your steps."
        case "worse":
            return f"{_WORSE[result.skill]}{_size(result)} while you minded it."
    return f"{_BETTER[result.skill]}{_size(result)} while you minded it.{_kept(result)}"


def _size(result: FocusResult) -> str:
    if result.change_pct is None or result.noise_pct is None:
        return ""
    return f" by {abs(result.change_pct):.0f} % ± {result.noise_pct:.0f}"


def _kept(result: FocusResult) -> str:
    return " It stayed on target without cues." if result.retained else ""
