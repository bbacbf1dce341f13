"""Where softshoe looks for its configuration, and where it keeps runs when nothing says where."""

from collections.abc import Mapping
from pathlib import Path

DATABASE = "softshoe.db"
CONFIGURATION = "softshoe.toml"


def state_directory(environment: Mapping[str, str]) -> Path:
    """This user's own folder for runs."""
    state = environment.get("XDG_STATE_HOME")
    return (Path(state) if state else Path.home() / ".local" / "state") / "softshoe"


def configurations(environment: Mapping[str, str]) -> tuple[Path, ...]:
    """The places of softshoe.toml, nearest first."""
    config = environment.get("XDG_CONFIG_HOME")
    own = Path(config) if config else Path.home() / ".config"
    return (
        Path(CONFIGURATION),
        own / "softshoe" / CONFIGURATION,
        Path("/etc/softshoe") / CONFIGURATION,
    )


def find_configuration(environment: Mapping[str, str]) -> Path | None:
    """The first that exists."""
    return next((path for path in configurations(environment) if path.is_file()), None)


def find_database(data: Path | None, config: Path | None, environment: Mapping[str, str]) -> Path:
    """Where runs are: the folder that is named, else what a configuration says, else our own."""
    if data:
        return data / DATABASE
    config = config or find_configuration(environment)
    if config is None:
        return state_directory(environment) / DATABASE
    from softshoe.config import load

    return Path(load(config).store.path)
