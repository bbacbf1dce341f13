"""All that is kept of a runner, as one JSON document, piece by piece: never all in memory."""

from collections.abc import Iterator

import msgspec

from softshoe.events import Session
from softshoe.people import Runner
from softshoe.roles import RunsReader
from softshoe.store.notes import Notes
from softshoe.store.people import People

_RUNS = 50
_STEPS = 2_000


def everything_of(runner: Runner, people: People, runs: RunsReader) -> Iterator[bytes]:
    """Who they are, what they practised, their runs with notes and steps."""
    yield b'{"runner":' + msgspec.json.encode(runner)
    practice = people.practice
    yield b',"practised":' + msgspec.json.encode(practice.of_runner(runner.runner))
    yield b',"targets":' + msgspec.json.encode(practice.targets(runner.runner))
    yield b',"runs":['
    comma = b""
    for session in _runs_of(runner, runs):
        yield comma
        yield from _run(session, people.notes, runs)
        comma = b","
    yield b"]}"


def _run(session: Session, notes: Notes, runs: RunsReader) -> Iterator[bytes]:
    yield b'{"session":' + msgspec.json.encode(session)
    yield b',"note":' + msgspec.json.encode(notes.of(session.session)) + b',"steps":['
    after, comma = 0, b""
    while steps := runs.steps(session.session, after, _STEPS):
        yield comma + msgspec.json.encode(steps)[1:-1]
        after, comma = steps[-1].step or 0, b","
    yield b"]}"


def _runs_of(runner: Runner, runs: RunsReader) -> Iterator[Session]:
    page = runs.sessions(_RUNS, of=[runner.runner])
    while page:
        yield from page
        page = runs.sessions(_RUNS, page[-1].session, [runner.runner])
