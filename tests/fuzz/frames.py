"""Any bytes on a serial line, searched for by what they reach: no exception, bounded memory.

`./dev fuzz [SECONDS]` runs it in an environment of its own, with atheris. It begins from the frames
that the firmware and the decoder share, and from lines of a board that prints; part of what it
makes up gets a right CRC, else nothing would ever come past it.
"""

import json
import sys
import tempfile
from binascii import crc_hqx
from contextlib import suppress
from itertools import pairwise
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["softshoe", "softshoe_hw"]):
    from softshoe.errors import SourceLost
    from softshoe.rigs import Stream
    from softshoe.settings import BoardSettings
    from softshoe_hw.board import Board
    from softshoe_hw.board_streams import hello_of, role_of, stream_of
    from softshoe_hw.csv_board import LARGEST_LINE, CsvBoard
    from softshoe_hw.frames import END, LARGEST, Frame, decode
    from softshoe_hw.messages import Samples

from cobs import cobs

LONGEST = 4096
VECTORS = Path(__file__).parents[2] / "hardware" / "firmware" / "vectors.json"
PRINTS = BoardSettings(role="left", format="csv", port="/dev/ttyUSB0", channels=2)


def fuzz(data: bytes) -> None:
    """One line's bytes, in some pieces, to all who listen to lines."""
    provider = atheris.FuzzedDataProvider(data)
    line = b"".join(words(provider))
    pieces = cut(line, provider.ConsumeIntList(6, 2))
    same_frames(line, pieces)
    talk(pieces)
    listen(pieces)


def words(provider: atheris.FuzzedDataProvider) -> list[bytes]:
    """Bytes as they come, or a frame around them."""
    made = []
    while provider.remaining_bytes() and len(made) < 32:
        text = provider.ConsumeBytes(provider.ConsumeIntInRange(0, 600))
        framed = provider.ConsumeBool()
        made.append(frame(text) if framed else text)
    return made


def frame(body: bytes) -> bytes:
    encoded: bytes = cobs.encode(body + crc_hqx(body, 0xFFFF).to_bytes(2, "little"))
    return encoded + END


def cut(line: bytes, places: list[int]) -> list[bytes]:
    edges = [0, *sorted(abs(place) % (len(line) + 1) for place in places), len(line)]
    return [line[start:end] for start, end in pairwise(edges)]


def same_frames(line: bytes, pieces: list[bytes]) -> None:
    """However it is cut."""
    whole, remainder, heard = decode(line), b"", []
    for piece in pieces:
        decoded = decode(piece, remainder)
        remainder = decoded.remainder
        assert len(remainder) <= LARGEST + 1
        heard += decoded.frames
    assert remainder == whole.remainder
    assert [told(each) for each in heard] == [told(each) for each in whole.frames]


def told(one: Frame) -> object:
    message = one.message
    if isinstance(message, Samples):
        return one.sequence, message.index, message.device_us, message.values.tolist()
    return one.sequence, message


def talk(pieces: list[bytes]) -> None:
    """The whole way of a board's bytes, with what is said to it."""
    board, now_s = Board(), 0.0
    for piece in pieces:
        now_s += 0.3
        board.say(now_s)
        with suppress(SourceLost):
            for _ in board.receive(piece, now_s):
                pass
        if board.hello and not board.sampling:
            board.start(stream(board), 0, now_s)


def stream(board: Board) -> Stream:
    assert board.hello is not None
    role = role_of(board.hello) or "left"
    return stream_of(BoardSettings(role=role, half_length_mm=1.0, half_width_mm=1.0), board.hello)


def listen(pieces: list[bytes]) -> None:
    """The same to one that prints lines."""
    board = CsvBoard(hello_of(PRINTS))
    board.start(stream_of(PRINTS, board.hello), 0, 0.0)
    for number, piece in enumerate(pieces):
        for _ in board.receive(piece, 0.3 * number):
            pass
        assert len(board._remainder) <= LARGEST_LINE + 1


def write_seeds(folder: Path) -> None:
    frames = [bytes.fromhex(one["frame_hex"]) for one in json.loads(VECTORS.read_text())]
    lines = [b"0,1,2\r\n10,3,4\r\n", b"nan,1,2\n", b"4294967295,1e99,-1\n"]
    for number, seed in enumerate([*frames, *lines]):
        whole = b"\0" + seed + len(seed).to_bytes(2, "little")
        (folder / str(number)).write_bytes(whole)


def main() -> None:
    seconds = int(sys.argv[1]) if len(sys.argv) > 1 else 60
    with tempfile.TemporaryDirectory() as corpus:
        write_seeds(Path(corpus))
        options = [
            f"-max_total_time={seconds}",
            f"-max_len={LONGEST}",
            "-rss_limit_mb=1024",
            "-timeout=5",
            "-print_final_stats=1",
            f"-artifact_prefix={tempfile.gettempdir()}/softshoe-fuzz-",
        ]
        atheris.Setup([sys.argv[0], *options, corpus], fuzz)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
