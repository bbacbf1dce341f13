"""A stored run's steps, page by page: however long the run, few are in memory at once."""

from collections.abc import Iterator

from softshoe.events import Step
from softshoe.roles import RunsReader

PAGE = 2_000


def stored_steps(runs: RunsReader, session: str) -> Iterator[Step]:
    """Final steps in order; those that are damaged are left out. Raises StoreError."""
    after = 0
    while page := runs.steps(session, after, PAGE):
        yield from page
        after = page[-1].step or 0
