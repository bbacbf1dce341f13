"""How fast softshoe is and what it costs, as Markdown."""

import click
from tests.bench.footprint import footprint_table
from tests.bench.latency import RUN_S, latency_table
from tests.bench.report import machine, put_section
from tests.bench.throughput import TIMES, throughput_table


def speed_text() -> str:
    """All three tables, and what they were measured on."""
    parts = (
        f"Measured on {machine()}; a Raspberry Pi is slower and has not been measured yet.",
        f"**Throughput** of the whole pipeline, from samples to events; median of {TIMES}.",
        throughput_table(),
        "**Cost** of the daemon with its page and its own broker, in real time; running includes "
        "making up the samples.",
        footprint_table(),
        f"**Latency** through the whole daemon, from the arrival of the block of 20 ms that holds "
        f"the sample; {RUN_S:.0f} s of a simulated run on deck4 + insoles.",
        latency_table(),
    )
    return "\n\n".join(parts)


@click.command()
@click.option("--write", is_flag=True, help="Put the tables into daemon/README.md.")
def main(write: bool) -> None:
    """Print how fast softshoe is."""
    text = speed_text()
    click.echo(text)
    if write:
        put_section("speed", text)


if __name__ == "__main__":
    main()
