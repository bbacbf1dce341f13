"""Zero and gain of a deck's load cells: empty, then a known weight at known places.

A stiff deck shares a weight by its place as a plane does: W/4 · (1 ± x/a ± y/b). Four cells then
have one combination of gains that no sum can show, so the place counts too, but for less than the
weight, because nobody stands exactly on a mark.
"""

from collections.abc import Iterator

import numpy as np
from msgspec import Struct

from softshoe.calibrating.phases import Phases, phase_of, settled
from softshoe.calibrations import CellScale, Check
from softshoe.errors import InputError
from softshoe.events import Array
from softshoe.gait.scale import newtons, saturated
from softshoe.rigs import Stream

EMPTY = "empty"
PLACES = {
    "force": ("loaded",),
    "four_cell": ("front_left", "front_right", "rear_left", "rear_right"),
}
MIDDLE = "middle"
CORNERS = ("front left", "front right", "rear left", "rear right")
SIGNS = np.array([[1.0, 1.0], [1.0, -1.0], [-1.0, 1.0], [-1.0, -1.0]])
MARK = 0.7
"""Where to stand: so far from the middle towards a corner's cell, forwards and sideways."""
PLACE_SURE_MM = 30.0
FORCE_SURE = 0.005
WORST_CONDITION = 1e3
RESIDUAL_PCT = 2.0
MIDDLE_PCT = 2.0
NOISE_N = 10.0
GAINS = (0.5, 2.0)


class DeckFit(Struct, frozen=True, eq=False):
    """The scale of all cells; ``shown`` (places, cells) is by how many counts each answered,
    ``residual_pct`` that of the worst place.

    ``saturated`` and ``noise_n`` are of each cell; ``middle_pct`` is the share of the weight that
    was found in the middle, which the gains have not seen.
    """

    scale: CellScale
    names: tuple[str, ...]
    shown: Array
    residual_pct: float
    noise_n: Array
    saturated: Array
    middle_pct: float | None


def places_of(stream: Stream) -> tuple[str, ...]:
    """The phases in which the weight stands on a deck, after `EMPTY`."""
    if stream.deck is None or stream.deck.kind not in PLACES:
        raise InputError(f"{stream.scaled_by}: only load cells can be calibrated")
    return PLACES[stream.deck.kind]


def fit_deck(stream: Stream, bits: int, phases: Phases, weight_n: float) -> DeckFit:
    """Gains with which the cells' sum is the weight, and lies on the mark, at every place."""
    places = places_of(stream)
    empty = phase_of(phases, EMPTY, stream).values
    loads = [settled(phase_of(phases, place, stream)).values for place in places]
    zeros = np.nanmedian(empty, axis=0)
    shown = np.array([np.nanmean(values, axis=0) - zeros for values in loads])
    rows, target = _equations(stream, shown)
    if not np.isfinite(rows).all() or np.linalg.cond(rows) > WORST_CONDITION:
        raise InputError(
            f"{stream.scaled_by}: the cells cannot be told apart; the weight must stand at each of "
            f"{', '.join(places)}"
        )
    gains = weight_n * np.linalg.lstsq(rows, target, rcond=None)[0]
    scale = CellScale(
        bits=bits, zeros_counts=tuple(zeros.tolist()), newtons_per_count=tuple(gains.tolist())
    )
    sums = [newtons(values, scale).sum(axis=1) / weight_n - 1.0 for values in loads]
    return DeckFit(
        scale=scale,
        names=CORNERS if len(places) == len(CORNERS) else stream.channels,
        shown=np.abs(shown),
        residual_pct=100.0 * max(float(np.sqrt(np.nanmean(each**2))) for each in sums),
        noise_n=np.nanstd(newtons(empty, scale), axis=0),
        saturated=np.asarray(saturated(np.concatenate(loads), scale)).mean(axis=0),
        middle_pct=_middle_pct(stream, scale, phases, weight_n),
    )


def _equations(stream: Stream, shown: Array) -> tuple[Array, Array]:
    """Rows and what they must give for a weight of 1: the sum, and its place where there is one."""
    layout = stream.deck
    sums, ones = shown, np.ones(len(shown))
    if layout is None or not layout.half_length_mm or not layout.half_width_mm:
        return sums, ones
    forward = FORCE_SURE / PLACE_SURE_MM * layout.half_length_mm
    sideways = FORCE_SURE / PLACE_SURE_MM * layout.half_width_mm
    rows = (sums, forward * shown * SIGNS[:, 0], sideways * shown * SIGNS[:, 1])
    marks = MARK * SIGNS
    return np.concatenate(rows), np.concatenate(
        (ones, forward * marks[:, 0], sideways * marks[:, 1])
    )


def _middle_pct(stream: Stream, scale: CellScale, phases: Phases, weight_n: float) -> float | None:
    if stream.name not in phases.get(MIDDLE, {}):
        return None
    force = newtons(settled(phase_of(phases, MIDDLE, stream)).values, scale).sum(axis=1)
    return 100.0 * float(np.nanmean(force)) / weight_n


def deck_checks(fit: DeckFit) -> tuple[Check, ...]:
    """Pass or fail, cell by cell, then the standing."""
    cells = []
    for cell, name in enumerate(fit.names):
        advice = _fault(fit, cell)
        found = f"{fit.scale.newtons_per_count[cell]:.4g} N a count"
        cells.append(Check(item=f"cell {name}", passed=not advice, found=found, advice=advice))
    return (*cells, *_standing(fit))


def _fault(fit: DeckFit, cell: int) -> str:
    if fit.saturated[cell] > 0.0:
        return "reads full scale: lower the converter's gain, or look for a broken wire"
    highest = int(np.argmax(fit.shown[:, cell]))
    if highest != cell:
        return f"bears most when the weight stands {fit.names[highest]}: exchange the cells' wires"
    gains = np.abs(fit.scale.newtons_per_count)
    if not GAINS[0] <= gains[cell] / np.median(gains) <= GAINS[1]:
        return "is unlike the others: look at its screws, its wires and what touches the deck"
    if fit.noise_n[cell] > NOISE_N:
        return (
            f"moves by {fit.noise_n[cell]:.0f} N when empty: stop the belt; "
            "look at its shield and its wires"
        )
    return ""


def _standing(fit: DeckFit) -> Iterator[Check]:
    steady = fit.residual_pct <= RESIDUAL_PCT
    yield Check(
        item="standing",
        passed=steady,
        found=f"{fit.residual_pct:.1f} % off",
        advice="" if steady else "stand still, and let nothing else bear the deck; then repeat",
    )
    if fit.middle_pct is not None:
        right = abs(fit.middle_pct - 100.0) <= MIDDLE_PCT
        yield Check(
            item="middle",
            passed=right,
            found=f"{fit.middle_pct:.1f} % of weight",
            advice="" if right else "the deck touches something, or bends: free it, then repeat",
        )
