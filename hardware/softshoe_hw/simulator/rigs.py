"""What a simulated rig's streams look like."""

from softshoe.rigs import DeckLayout, InsoleLayout, Rig, Stream
from softshoe_hw.channels import DECK_CHANNELS
from softshoe_hw.insole_layout import DEFAULT_SENSORS
from softshoe_hw.simulator.parameters import Parameters, RigName


def simulated_rig(name: RigName, parameters: Parameters, rate_hz: float) -> Rig:
    """All streams at one rate."""
    streams = []
    if name == "deck1":
        layout = DeckLayout("force")
        streams.append(Stream("deck", rate_hz, DECK_CHANNELS["force"], deck=layout))
    if name in ("deck4", "deck4+insoles"):
        deck = parameters.deck
        layout = DeckLayout("four_cell", deck.half_length_mm, deck.half_width_mm)
        streams.append(Stream("deck", rate_hz, DECK_CHANNELS["four_cell"], deck=layout))
    if name in ("insoles", "deck4+insoles"):
        per_foot = len(DEFAULT_SENSORS)
        channels = tuple(f"{foot}{n}" for foot in "lr" for n in range(1, per_foot + 1))
        insole = InsoleLayout(per_foot, DEFAULT_SENSORS, parameters.runner.insole_length_mm)
        streams.append(Stream("insoles", rate_hz, channels, insole=insole))
    return Rig(tuple(streams))
