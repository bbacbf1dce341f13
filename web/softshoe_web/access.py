"""Who may use a route: said beside the route, enforced in one place before any of them runs.

`anyone` needs no token. The scopes are those of tablets: each grants what stands in GRANTS.
A route that says nothing answers nobody.
"""

from collections.abc import Callable
from typing import Any, Literal, TypeVar

from msgspec import Struct

from softshoe.people import Scope

Right = Literal["anyone"] | Scope
View = TypeVar("View", bound=Callable[..., Any])


class Rule(Struct, frozen=True):
    """Who may use a route; for the paper on the API, what it answers and takes in the address."""

    right: Right
    gives: Any = None
    """The type of a JSON answer, or the media type of another; None: an empty answer."""
    query: tuple[str, ...] = ()
    form: bool = False
    """Takes a form of a page without a script, where everything else that is sent is JSON."""


def allowed(
    right: Right, *, gives: Any = None, query: tuple[str, ...] = (), form: bool = False
) -> Callable[[View], View]:
    """Say who may use the view; stands below the line that gives the view its address."""

    def mark(view: View) -> View:
        vars(view)["rule"] = Rule(right, gives, query, form)
        return view

    return mark


def rule_of(view: Callable[..., Any]) -> Rule | None:
    found: Rule | None = vars(view).get("rule")
    return found
