"""The force of a recording over time, as its samples give it: for a picture."""

import numpy as np

from softshoe.events import Array
from softshoe.export.trace import Trace
from softshoe.rigs import Stream
from softshoe_hw.recording import Recording
from softshoe_hw.track import Track


def traces(recording: Recording) -> tuple[Trace, ...]:
    """One curve of a deck, or one of each foot; the deck's when both were there."""
    deck = [track for track in recording.tracks if track.stream.deck]
    return tuple(trace for track in deck or recording.tracks for trace in _traces(track))


def _traces(track: Track) -> tuple[Trace, ...]:
    stream, values = track.stream, np.concatenate([block.values for block in track.segments])
    t_s, label = _times(track), f"force ({stream.unit})"
    if stream.insole is None:
        return (Trace(label, t_s, _deck_force(stream, values)),)
    count = stream.insole.channels_per_foot
    left, right = values[:, :count].sum(axis=1), values[:, count:].sum(axis=1)
    return (Trace(label, t_s, left, "left"), Trace(label, t_s, right, "right"))


def _times(track: Track) -> Array:
    rate_hz = track.stream.rate_hz
    return np.concatenate(
        [block.first_s + np.arange(len(block.values)) / rate_hz for block in track.segments]
    )


def _deck_force(stream: Stream, values: Array) -> Array:
    assert stream.deck is not None
    cells = 4 if stream.deck.kind == "four_cell" else 1
    force: Array = values[:, :cells].sum(axis=1)
    return force
