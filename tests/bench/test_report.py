"""Figures get into the README whole, and only where they belong."""

from pathlib import Path

import pytest
from tests.bench.report import number, put_section, table


def test_a_table_is_markdown() -> None:
    assert (
        table(["what", "ms"], [["contact", 1.5]])
        == "| what | ms |\n| --- | ---: |\n| contact | 1.5 |"
    )


@pytest.mark.parametrize(("value", "text"), [(-0.04, "0.0"), (-1.26, "−1.3"), (2.0, "2.0")])
def test_numbers_have_real_minus_signs_and_no_negative_zero(value: float, text: str) -> None:
    assert number(value, 1) == text


def test_only_the_named_section_changes_and_twice_is_once(tmp_path: Path) -> None:
    readme = tmp_path / "README.md"
    readme.write_text(
        "a\n<!-- speed -->\nold\n<!-- /speed -->\nb\n<!-- other -->\n<!-- /other -->\n"
    )
    put_section("speed", "new \\1", readme)
    once = readme.read_text()
    put_section("speed", "new \\1", readme)
    assert readme.read_text() == once
    assert once == (
        "a\n<!-- speed -->\n\nnew \\1\n\n<!-- /speed -->\nb\n<!-- other -->\n<!-- /other -->\n"
    )


def test_a_missing_section_is_said(tmp_path: Path) -> None:
    readme = tmp_path / "README.md"
    readme.write_text("nothing here\n")
    with pytest.raises(SystemExit, match="no section <!-- speed -->"):
        put_section("speed", "new", readme)
