"""A simulated runner or a recording as a source, from what is said on the command line."""

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any, Literal, get_args

import click
from msgspec import Struct

from softshoe.commands.recording_arguments import recording_arguments
from softshoe_hw.recording import Recording, read_recording
from softshoe_hw.recording_options import RecordingOptions
from softshoe_hw.recording_source import RecordingSource
from softshoe_hw.simulator.parameters import Deck, Parameters, Phase, RigName, Runner
from softshoe_hw.simulator.source import SimulatorSource

Command = Callable[..., Any]
AT_ONCE = "max"
_BELT_M_S, _RATE_HZ = 3.0, 1000.0


class Simulated(Struct, frozen=True, kw_only=True):
    """What can be said of a simulated runner beyond what can be said of any."""

    simulate: RigName | None = None
    strike: Literal["rear", "non_rear"] = "rear"
    cadence_spm: float | None = None
    contact_ms: float | None = None
    valr_bw_s: float | None = None
    contact_asymmetry_pct: float = 0.0
    loading_asymmetry_pct: float = 0.0
    drift_n_per_min: float = 1.0
    stand_s: float = 0.0
    walk_s: float = 0.0
    day: int = 0
    seed: int = 1


class Said(Struct, frozen=True, kw_only=True):
    """Which source is wanted, and how fast it is to go; None: as fast as it can."""

    recording: Path | None
    boards: bool
    simulated: Simulated
    options: RecordingOptions
    speed: float | None


def _speed(_: click.Context, param: click.Parameter, value: str) -> float | None:
    if value == AT_ONCE:
        return None
    try:
        speed = float(value)
    except ValueError:
        speed = 0.0
    if not 0.01 <= speed <= 1000:
        why = f"{value!r} is neither a number from 0.01 to 1000 nor {AT_ONCE!r}, which never waits"
        raise click.BadParameter(why, param=param)
    return speed


def _of_runner(name: str, field: str, help: str, default: float | None = None) -> Any:
    return click.option(f"--{name}", field, type=float, default=default, help=help)


_OPTIONS = (
    click.argument("recording", required=False, type=click.Path(path_type=Path)),
    click.option("--boards", is_flag=True, help="The sensor boards that softshoe.toml names."),
    click.option(
        "--simulate", type=click.Choice(get_args(RigName)), help="A runner on such a rig."
    ),
    click.option(
        "--speed",
        callback=_speed,
        default="1",
        show_default=True,
        metavar="TIMES",
        help="So many times as fast as time, or max.",
    ),
    click.option(
        "--strike",
        type=click.Choice(["rear", "non_rear"]),
        default="rear",
        help="Where the simulated foot lands.",
    ),
    _of_runner("cadence", "cadence_spm", "Its steps a minute."),
    _of_runner("contact-ms", "contact_ms", "Its contact time."),
    _of_runner("valr", "valr_bw_s", "How hard it lands: mean loading rate, BW/s."),
    _of_runner("contact-asymmetry", "contact_asymmetry_pct", "Longer on the left, %.", 0.0),
    _of_runner("loading-asymmetry", "loading_asymmetry_pct", "Harder on the left, %.", 0.0),
    _of_runner("drift", "drift_n_per_min", "The simulated deck's drift, N a minute.", 1.0),
    _of_runner("stand", "stand_s", "Seconds of standing before the run.", 0.0),
    _of_runner("walk", "walk_s", "Seconds of walking before the run.", 0.0),
    click.option("--day", type=click.IntRange(0), default=0, help="Another day, a bit different."),
    click.option("--seed", type=click.IntRange(0), default=1, help="Other random numbers."),
)


def source_arguments(command: Command) -> Command:
    """Give a command all of these, as one argument ``said``."""

    @wraps(command)
    def with_source(
        recording: Path | None,
        boards: bool,
        speed: float | None,
        options: RecordingOptions,
        **arguments: Any,
    ) -> Any:
        names = Simulated.__struct_fields__
        simulated = Simulated(**{name: arguments.pop(name) for name in names})
        if (recording is not None) + (simulated.simulate is not None) + boards != 1:
            raise click.UsageError("name a RECORDING, a rig with --simulate, or --boards")
        said = Said(
            recording=recording, boards=boards, simulated=simulated, options=options, speed=speed
        )
        return command(said=said, **arguments)

    with_options = recording_arguments(with_source)
    for option in reversed(_OPTIONS):
        with_options = option(with_options)
    return with_options


def recording_of(said: Said) -> Recording | None:
    """The recording that was named, read."""
    return read_recording(said.recording, said.options) if said.recording else None


def simulator_of(said: Said) -> SimulatorSource:
    """It never ends by itself."""
    simulated = said.simulated
    return SimulatorSource(
        simulator_parameters(simulated, said.options),
        simulated.simulate or "deck4",
        said.options.rate_hz or _RATE_HZ,
        said.speed,
    )


def player_of(recording: Recording, said: Said) -> RecordingSource:
    return RecordingSource(recording, said.speed)


def simulator_parameters(simulated: Simulated, options: RecordingOptions) -> Parameters:
    """A runner as described; what is not said is the ordinary runner's."""
    usual = Runner()
    runner = Runner(
        mass_kg=options.body_mass_kg or usual.mass_kg,
        height_mm=options.height_mm or usual.height_mm,
        strike=simulated.strike,
        cadence_spm=simulated.cadence_spm,
        contact_ms=simulated.contact_ms,
        valr_bw_s=simulated.valr_bw_s,
        contact_asymmetry_pct=simulated.contact_asymmetry_pct,
        loading_asymmetry_pct=simulated.loading_asymmetry_pct,
        day=simulated.day,
    )
    return Parameters(
        runner=runner,
        deck=Deck(drift_n_per_min=simulated.drift_n_per_min),
        schedule=_schedule(simulated, options.belt_m_s or _BELT_M_S),
        seed=simulated.seed,
    )


def _schedule(simulated: Simulated, belt_m_s: float) -> tuple[Phase, ...]:
    phases = []
    if simulated.stand_s:
        phases.append(Phase(activity="stand", duration_s=simulated.stand_s))
    if simulated.walk_s:
        phases.append(Phase(activity="walk", duration_s=simulated.walk_s, belt_m_s=1.3))
    return (*phases, Phase(activity="run", belt_m_s=belt_m_s))
