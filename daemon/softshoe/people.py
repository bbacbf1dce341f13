"""Runners and tablets: who somebody is, and what somebody is let see and change."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

Scope = Literal["view", "runner", "coach", "admin"]
Units = Literal["metric", "imperial"]

GRANTS: dict[Scope, frozenset[Scope]] = {
    "view": frozenset({"view"}),
    "runner": frozenset({"view", "runner"}),
    "coach": frozenset({"view", "runner", "coach"}),
    "admin": frozenset({"view", "runner", "admin"}),
}
"""What a scope includes. A coach sees runners who agreed, an admin the settings of the machine."""

GUEST = "guest"
"""In the place of a runner's key: whoever did not say who they are."""

INVISIBLE = r"\x00-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff"
END = r"(?![\s\S])"
NAME = rf"^(?!\s)[^{INVISIBLE}]{{1,40}}(?<!\s){END}"
PIN = rf"^[0-9]{{4,8}}{END}"
CODE = rf"^[0-9]{{6}}{END}"

Name = Annotated[str, Meta(pattern=NAME, description="1 to 40 printable characters")]
Title = Annotated[
    str,
    Meta(pattern=rf"^[^{INVISIBLE}]{{0,80}}{END}", description="up to 80 printable characters"),
]
Note = Annotated[
    str,
    Meta(
        pattern=rf"^(\n|[^{INVISIBLE}]){{0,1000}}{END}",
        description="up to 1000 printable characters and new lines",
    ),
]
Pin = Annotated[str, Meta(pattern=PIN, description="4 to 8 digits")]
Code = Annotated[str, Meta(pattern=CODE, description="the 6 digits that were shown")]


class Runner(Struct, frozen=True, kw_only=True):
    """Somebody whose runs are kept until they erase them. Their PIN is not here."""

    runner: str
    """A random key: the only thing about them that the feed carries without being asked to."""
    name: str
    alias: str | None = None
    """What others may call them; null: nothing."""
    units: Units = "metric"
    coach: bool = False
    """Whether they let coaches see their runs."""
    created_at: str | None = None


class Tablet(Struct, frozen=True, kw_only=True):
    """A screen that was paired. Its token is not here."""

    tablet: str
    name: str
    scope: Scope
    paired_at: str | None = None


class RunNote(Struct, frozen=True, kw_only=True):
    """What a runner wrote about a run."""

    title: Title | None = None
    note: Note | None = None


class RunsAs(Struct, frozen=True):
    """From now on it is this runner who runs, or a guest."""

    t_s: float
    runner: str = GUEST
    alias: str | None = None


class Erased(Struct, frozen=True):
    """These sessions are gone: whoever still holds something of them lets go of it."""

    sessions: tuple[str, ...]
