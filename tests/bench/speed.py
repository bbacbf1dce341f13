"""How fast softshoe is and what it costs, as Markdown."""

import click
from tests.bench.footprint import footprint_table
from tests.bench.latency import RUN_S, latency_table
from tests.bench.report import machine, put_section
from tests.bench.throughput import TIMES, throughput_table

THROUGHPUT = f"**Throughput** of the whole pipeline, from samples to events; median of {TIMES}."
COST = """**Cost** of the daemon with its page and its own broker, in real time; running includes
making up the samples."""
LATENCY = f"""**Latency** through the whole daemon, from the arrival of the block of 20 ms that
holds the sample; {RUN_S:.0f} s of a simulated run on deck4 + insoles."""
TITLES = (THROUGHPUT, COST, LATENCY)


def speed_text() -> str:
    """All three tables, and what they were measured on."""
    where = f"Measured on {machine()}; a Raspberry Pi is slower and has not been measured yet."
    tables = (throughput_table(), footprint_table(), latency_table())
    titled = [f"{title}\n\n{each}" for title, each in zip(TITLES, tables, strict=True)]
    return "\n\n".join([where, *titled])


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
