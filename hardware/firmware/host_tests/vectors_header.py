"""Writes the shared vectors as C, for host_test.c: `vectors_header.py vectors.json > vectors.h`."""

import json
import sys
from pathlib import Path


def c_bytes(hex_text: str) -> str:
    return "{" + ", ".join(f"0x{byte:02x}" for byte in bytes.fromhex(hex_text) or b"\0") + "}"


def c_values(rows: list[list[int]]) -> str:
    return "{" + ", ".join(str(value) for row in rows for value in row) + "}"


def c_vector(vector: dict) -> str:
    rows = vector.get("values", [])
    return f"""  {{
    .name = {json.dumps(vector["name"])},
    .type = {vector["type"]}, .sequence = {vector["seq"]},
    .payload_bytes = {len(vector["payload_hex"]) // 2},
    .payload = (const uint8_t[]) {c_bytes(vector["payload_hex"])},
    .frame_bytes = {len(vector["frame_hex"]) // 2},
    .frame = (const uint8_t[]) {c_bytes(vector["frame_hex"])},
    .rows = {len(rows)}, .channels = {len(rows[0]) if rows else 0},
    .values = (const int32_t[]) {c_values(rows or [[0]])},
    .index = {vector.get("index", 0)}u, .device_us = {vector.get("device_us", 0)}u,
    .count = {vector.get("count", 0)}u, .rate_hz = {vector.get("rate_hz", 0)}u,
  }},"""


def main() -> None:
    vectors = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    print("static const Vector vectors[] = {")
    print("\n".join(map(c_vector, vectors)))
    print("};")


if __name__ == "__main__":
    main()
