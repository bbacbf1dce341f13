"""Pins that are made of memory: gpiozero's own mock, which ships with it."""

from collections.abc import Iterator

import gpiozero
import pytest
from gpiozero.pins.mock import MockFactory


@pytest.fixture
def pins() -> Iterator[MockFactory]:
    """A Raspberry Pi whose pins remember what became of them."""
    before, gpiozero.Device.pin_factory = gpiozero.Device.pin_factory, MockFactory()
    yield gpiozero.Device.pin_factory
    gpiozero.Device.pin_factory.reset()
    gpiozero.Device.pin_factory = before


@pytest.fixture
def no_pins(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without GPIO."""
    monkeypatch.setattr(gpiozero.Device, "pin_factory", None)
    monkeypatch.setenv("GPIOZERO_PIN_FACTORY", "none-such")
