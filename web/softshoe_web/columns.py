"""Steps as columns: one list a field, which is a third of the size of one object a step."""

from collections.abc import Iterable
from typing import Any

from msgspec import Struct

from softshoe.events import Step

FIELDS = tuple(name for name in Step.__struct_fields__ if name not in ("moment", "session"))


class StepColumns(Struct, frozen=True, kw_only=True):
    """Final steps of one session in order; ``next`` is the ``after`` of the following page."""

    session: str
    columns: dict[str, list[Any]]
    next: int | None


def step_columns(session: str, steps: list[Step], fields: Iterable[str], limit: int) -> StepColumns:
    """Columns of ``steps``, of which a full page (``limit``) has a ``next``."""
    columns = {name: [getattr(step, name) for step in steps] for name in fields}
    more = steps[-1].step if len(steps) >= limit else None
    return StepColumns(session=session, columns=columns, next=more)
