"""What a cue says: one word of at most 9 letters and two lines of at most 16 characters."""

from msgspec import Struct

from softshoe.coaching import Leg


class CueText(Struct, frozen=True):
    """One thought, in the fewest words."""

    word: str
    first: str
    second: str

    def spoken(self, side: Leg | None) -> str:
        """As it is said aloud; the side is named when one leg drives the cue."""
        said = f"{self.word}. {self.first} {self.second}."
        return f"{said} Mind the {side} foot." if side else said


STRAIGHT = (
    CueText("Rails", "Feet on rails,", "never crossing"),
    CueText("Forward", "Swing the arms", "straight ahead"),
    CueText("Calm", "Chest faces", "the way you go"),
    CueText("Level", "Keep the hips", "level and quiet"),
    CueText("Knees", "Point them where", "you are heading"),
)
TALL = (
    CueText("Tall", "Grow from hips", "up to the crown"),
    CueText("Lead", "Let your hips", "go first"),
    CueText("Shoulders", "Back a little", "and hanging low"),
    CueText("Head", "Balance it", "over shoulders"),
    CueText("Belly", "Firm, but loose", "enough to talk"),
)
SOFT = (
    CueText("Quieter", "Let the foot", "drop under you"),
    CueText("Softer", "Bend the knees", "as you land"),
    CueText("Listen", "Hear your feet,", "then hush them"),
    CueText("Lighter", "Touch the belt,", "do not hit it"),
    CueText("Spring", "Let ankle, knee", "and hip give"),
)
CLOSE = (
    CueText("Closer", "Set the foot", "under your hips"),
    CueText("Shorter", "Reach less far", "in front of you"),
    CueText("Quicker", "Smaller steps,", "a little faster"),
    CueText("Pendulum", "Swing as far", "back as forward"),
)
PUSH = (
    CueText("Push", "Press the belt", "away behind you"),
    CueText("Squeeze", "Buttock tight", "as you push off"),
    CueText("Behind", "Let the thigh", "swing far back"),
    CueText("Hips", "Drive from the", "hip, not calf"),
)
