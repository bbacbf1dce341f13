"""The client as it is built: small, from known sources, without anything from elsewhere."""

import gzip
import json
import re
import shutil
import sys
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest
from msgspec import Struct

from softshoe import coaching, events, people
from softshoe.coach import skills
from softshoe_web import focus_api, live, notices, people_api, take_home
from softshoe_web.api import SessionPage
from softshoe_web.app import STATIC
from softshoe_web.columns import StepColumns

HOUSE = Path(__file__).parents[2]
CLIENT = HOUSE / "web" / "client"

hatchling = pytest.importorskip("hatchling", reason="hatchling builds the client; it is not here")
sys.path.insert(0, str(HOUSE / "web"))
import hatch_build  # noqa: E402

built = pytest.mark.skipif(not (STATIC / "app.js").is_file(), reason="the client is not built")


@built
def test_all_that_a_tablet_loads_is_under_100_kb_compressed() -> None:
    sizes = [len(gzip.compress(path.read_bytes())) for path in STATIC.glob("app.*")]
    assert len(sizes) == 2
    assert sum(sizes) < 100_000


@built
def test_the_coachs_page_is_a_bundle_of_its_own_of_the_size_that_is_told() -> None:
    sizes = [len(gzip.compress(path.read_bytes())) for path in STATIC.glob("coach.*")]
    assert len(sizes) == 2
    assert sum(sizes) < 140_000
    assert b"mqtt" not in (STATIC / "app.js").read_bytes()


@built
def test_nothing_comes_from_elsewhere_and_nothing_is_evaluated() -> None:
    for name in ("app.js", "app.css"):
        text = (STATIC / name).read_text()
        addresses = set(re.findall(r"https?://[\w.-]+", text))
        assert addresses <= {"http://www.w3.org"}  # names of XML languages
        assert "eval(" not in text
        assert "new Function" not in text
    assert "MIT" in (STATIC / "licences.txt").read_text()


def test_the_sources_write_no_markup_and_no_inline_style() -> None:
    for path in (CLIENT / "src").rglob("*.ts*"):
        assert not re.search(
            r"innerHTML|outerHTML|insertAdjacent|document\.write", path.read_text()
        )
    shell = (HOUSE / "web/softshoe_web/templates/page.html").read_text()
    assert "style=" not in shell
    assert "<style" not in shell
    assert re.findall(r"<script[^>]*>(.*?)</script>", shell) == [""]


def test_the_lock_file_names_no_download_address() -> None:
    lock = json.loads((CLIENT / "package-lock.json").read_text())
    for name, package in lock["packages"].items():
        assert "resolved" not in package, name
        assert "integrity" in package or name == "", name


@pytest.mark.parametrize(
    ("interface", "struct"),
    [
        ("Step", events.Step),
        ("Means", events.Means),
        ("LiveState", events.LiveState),
        ("SourceHealth", events.SourceHealth),
        ("Health", events.Health),
        ("About", events.About),
        ("Conventions", events.Conventions),
        ("Session", events.Session),
        ("Focus", coaching.Focus),
        ("Cue", coaching.Cue),
        ("Notice", notices.Notice),
        ("SkillCard", focus_api.SkillCard),
        ("Suggestion", coaching.Suggestion),
        ("Chooser", focus_api.Chooser),
        ("Profile", people_api.Profile),
        ("Me", people_api.Me),
        ("Names", people_api.Names),
        ("RunNote", people.RunNote),
        ("Link", take_home.Link),
        ("Measure", coaching.Measure),
        ("FocusResult", coaching.FocusResult),
        ("Window", coaching.Window),
        ("Practised", coaching.Practised),
        ("Came", focus_api.Came),
        ("RunsPractice", focus_api.RunsPractice),
        ("Trend", coaching.Trend),
        ("Exercise", skills.Exercise),
        ("SkillSoFar", focus_api.SkillSoFar),
        ("Progress", focus_api.Progress),
        ("Sent", live.Sent),
        ("Beat", live.Beat),
        ("Snapshot", live.Snapshot),
        ("SessionPage", SessionPage),
        ("StepColumns", StepColumns),
    ],
)
def test_every_field_that_the_client_reads_is_one_that_is_sent(
    interface: str, struct: type[Struct]
) -> None:
    text = (CLIENT / "src" / "messages.ts").read_text()
    body = re.search(rf"interface {interface}\b[^{{]*{{(.*?)^}}", text, re.DOTALL | re.MULTILINE)
    assert body
    fields = re.findall(r"^  (\w+):", body[1], re.MULTILINE)
    assert fields
    assert set(fields) <= set(struct.__struct_fields__)


def test_the_client_is_built_again_only_when_its_sources_change(tmp_path: Path) -> None:
    client, static = tmp_path / "client", tmp_path / "static"
    shutil.copytree(CLIENT, client, ignore=shutil.ignore_patterns("node_modules"))
    static.mkdir()
    assert not hatch_build.is_built(client, static)
    (static / hatch_build.STAMP).write_text(hatch_build.sources_digest(client))
    assert hatch_build.is_built(client, static)
    (client / "test" / "new.test.ts").write_text("")
    assert hatch_build.is_built(client, static)
    (client / "src" / "main.tsx").write_text("changed")
    assert not hatch_build.is_built(client, static)


def test_what_npm_says_is_told_when_it_fails(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def npm(arguments: list[str], **_: Any) -> CompletedProcess[str]:
        return CompletedProcess(arguments, 7, "npm error network")

    with pytest.raises(SystemExit, match="npm ci --omit=dev ended with 7") as ended:
        hatch_build.run(npm, ["ci", "--omit=dev"], tmp_path)
    assert "needs a network once" in str(ended.value)
    assert "npm error network" in capsys.readouterr().err
