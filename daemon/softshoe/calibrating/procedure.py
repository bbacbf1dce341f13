"""A calibration as a whole: everything that a rig needs and that the phases tell."""

from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from softshoe.calibrating.deck import deck_checks, fit_deck
from softshoe.calibrating.feet import insole_streams, read_feet
from softshoe.calibrating.insole_checks import insole_checks
from softshoe.calibrating.insole_fit import fit_insoles
from softshoe.calibrating.phases import Phases, blocks_of, phase_of
from softshoe.calibrating.resonance import measure_resonance, resonance_checks
from softshoe.calibrating.running import RUN, running_checks
from softshoe.calibrations import Calibration, CellScale, FsrCircuit, FsrScale
from softshoe.errors import InputError
from softshoe.events import Array
from softshoe.gait.scale import newtons
from softshoe.rigs import Rig, Stream

HEEL_DROPS = "heel_drops"


class Subject(Struct, frozen=True, kw_only=True):
    """What is calibrated: the rig, how its counts come to be, and the known weight on it."""

    rig: Rig
    weight_n: float
    circuit: FsrCircuit = FsrCircuit()
    deck_bits: int = 24


def calibrate(
    subject: Subject, phases: Phases, name: str, at: str | None = None
) -> tuple[Calibration, ...]:
    """One for each board and kind. InputError when a phase is missing or tells too little."""
    found = [*_cells(subject, phases), *_insoles(subject, phases)]
    if not found and HEEL_DROPS not in phases:
        raise InputError(f"{subject.rig.name} gives newtons already: nothing to calibrate")
    found = [*found, *_resonance(subject, phases, found)]
    named = tuple(
        replace(each, name=name if len(found) == 1 else f"{name}.{each.board}.{each.kind}", at=at)
        for each in found
    )
    return _after_running(subject, phases, named) if RUN in phases else named


def name_at(at: str) -> str:
    """A calibration's name, from the moment of it: a session's conventions show it."""
    return at[:19].replace(":", ".")


def _cells(subject: Subject, phases: Phases) -> Iterator[Calibration]:
    deck = subject.rig.deck
    if deck is None or deck.unit != "counts":
        return
    fit = fit_deck(deck, subject.deck_bits, phases, subject.weight_n)
    yield Calibration(
        name="",
        board=deck.scaled_by,
        found=fit.scale,
        weight_n=subject.weight_n,
        residual_pct=fit.residual_pct,
        checks=deck_checks(fit),
    )


def _insoles(subject: Subject, phases: Phases) -> Iterator[Calibration]:
    """The feet are fitted together; each board keeps its own sensors."""
    streams = insole_streams(subject.rig)
    if not streams:
        return
    feet = read_feet(subject.rig, subject.circuit, phases)
    fit = fit_insoles(feet, subject.weight_n)
    checks = insole_checks(feet, fit, subject.weight_n)
    first = 0
    for stream in streams:
        own = slice(first, first + len(stream.channels))
        first = own.stop
        yield Calibration(
            name="",
            board=stream.scaled_by,
            found=FsrScale(
                circuit=subject.circuit,
                power=fit.power,
                zeros_ms=tuple(feet.zeros[own].tolist()),
                gains_n=tuple(fit.gains_n[own].tolist()),
            ),
            weight_n=subject.weight_n,
            residual_pct=fit.residual_pct,
            checks=(*checks[own], *checks[len(feet.names) :]),
        )


def _resonance(
    subject: Subject, phases: Phases, found: Sequence[Calibration]
) -> Iterator[Calibration]:
    deck = subject.rig.deck
    if deck is None or HEEL_DROPS not in phases:
        return
    ringing = measure_resonance(_deck_force(deck, phases, found), deck.rate_hz)
    yield Calibration(
        name="",
        board=deck.scaled_by,
        found=ringing.resonance,
        checks=resonance_checks(ringing),
    )


def _deck_force(deck: Stream, phases: Phases, found: Sequence[Calibration]) -> Array:
    values = phase_of(phases, HEEL_DROPS, deck).values
    scales = (each.found for each in found if isinstance(each.found, CellScale))
    scale = next(scales, None)
    force = newtons(values, scale) if scale else values
    return force[:, 0] if deck.deck and deck.deck.kind == "force_cop" else force.sum(axis=1)


def _after_running(
    subject: Subject, phases: Phases, found: tuple[Calibration, ...]
) -> tuple[Calibration, ...]:
    """The same, the run's checks with the first."""
    blocks = blocks_of(phases, RUN, subject.rig)
    checks = running_checks(subject.rig, blocks, found, subject.weight_n)
    return (replace(found[0], checks=(*found[0].checks, *checks)), *found[1:])
