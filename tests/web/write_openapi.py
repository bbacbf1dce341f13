"""`python -m tests.web.write_openapi`: web/openapi.json anew, after routes have changed."""

from pathlib import Path

import msgspec

from softshoe_web.openapi import document

from .stage import idle_app

PAPER = Path(__file__).parents[2] / "web" / "openapi.json"


def paper() -> bytes:
    """What the file should hold."""
    return msgspec.json.format(msgspec.json.encode(document(idle_app())), indent=1) + b"\n"


if __name__ == "__main__":
    PAPER.write_bytes(paper())
