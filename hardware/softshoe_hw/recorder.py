"""Writes what a source gives, as it comes, in the form that `read_recording` reads."""

from pathlib import Path
from types import TracebackType

from softshoe.errors import InputError
from softshoe.events import Belt, Command, SampleBlock, SourceItem
from softshoe.roles import Source
from softshoe_hw.board_file import BoardFile
from softshoe_hw.describing import Counts, file_sidecar, folder_sidecar
from softshoe_hw.recording_files import belt_path, is_single_file, sidecar_path
from softshoe_hw.sidecar import Sidecar
from softshoe_hw.toml_text import toml_text


class Recorder:
    """Into one CSV, or into a folder with one for each board; what is there is never overwritten.

    Values read back to the same bits, times to the nanosecond. Killed at any moment, it loses no
    more than the last second.
    """

    def __init__(self, out: Path, source: Source, counts: Counts | None = None) -> None:
        self._out = out
        self._markers = 0
        counts = counts or Counts()
        try:
            self._boards = self._open_boards(source)
            sidecar_path(out).write_text(toml_text(self._sidecar(source, counts)), "utf-8")
        except OSError as error:
            raise InputError(f"{error.filename}: cannot be written: {error.strerror}") from None

    def write(self, item: SourceItem) -> None:
        match item:
            case SampleBlock():
                self._boards[item.stream].write(item)
            case Belt():
                self._write_belt(item)
            case Command(do="lap"):
                self.mark(item.t_s)

    def mark(self, t_s: float) -> int:
        """Put the next numbered marker at ``t_s``; its number."""
        self._markers += 1
        with sidecar_path(self._out).open("a", encoding="utf-8") as file:
            file.write(f"\n[[marker]]\nnumber = {self._markers}\nt_s = {t_s!r}\n")
        return self._markers

    def close(self) -> None:
        for board in self._boards.values():
            board.close()

    def __enter__(self) -> "Recorder":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _open_boards(self, source: Source) -> dict[str, BoardFile]:
        streams = source.rig.streams
        if not is_single_file(self._out):
            self._out.mkdir(parents=True, exist_ok=True)
            if any(self._out.iterdir()):
                raise InputError(f"{self._out}: this folder is not empty; name a new one")
            paths = {one.name: self._out / _file_name(one.name) for one in streams}
            return {one.name: BoardFile(paths[one.name], one, counted=True) for one in streams}
        if len(streams) > 1:
            raise InputError(f"{self._out}: {source.rig.name} needs a folder, one file a board")
        for path in (self._out, sidecar_path(self._out)):
            if path.exists():
                raise InputError(f"{path}: there is such a file; name a new one")
        self._out.parent.mkdir(parents=True, exist_ok=True)
        return {streams[0].name: BoardFile(self._out, streams[0], counted=False)}

    def _sidecar(self, source: Source, counts: Counts) -> Sidecar:
        streams = source.rig.streams
        if is_single_file(self._out):
            return file_sidecar(source.name, streams[0], source.conditions, counts)
        files = {_file_name(one.name): one for one in streams}
        return folder_sidecar(source.name, files, source.conditions, counts)

    def _write_belt(self, belt: Belt) -> None:
        path = belt_path(self._out)
        is_new = not path.exists()
        with path.open("a", encoding="utf-8") as file:
            if is_new:
                file.write("t_s,belt_m_s\n")
            speed = "" if belt.belt_m_s is None else repr(belt.belt_m_s)
            file.write(f"{belt.t_s!r},{speed}\n")


def _file_name(stream: str) -> str:
    return f"{stream}.csv.gz"
