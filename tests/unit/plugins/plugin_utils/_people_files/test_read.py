# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files as they come: compressed, huge, or not there."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from ansible_collections.itops.ringcentral.plugins.plugin_utils._people_files import read as reader
from ansible_collections.itops.ringcentral.plugins.plugin_utils._people_files.kinds import PEOPLE_LIST
from ansible_collections.itops.ringcentral.plugins.plugin_utils._people_files.read import Reading, read_file

CSV = b"First Name,Last Name,E-mail\nAna,Good,ana@example.com\n"


def named(value: object) -> str:
    """A parameter's name, the same in each process: compressed files hold the time."""
    return value if isinstance(value, str) else "file"


def said(path: Path) -> list[str]:
    return [str(problem) for problem in read_file(str(path), Reading(PEOPLE_LIST.option)).problems]


@pytest.mark.parametrize(
    "data", [gzip.compress(CSV), gzip.compress(CSV[:20]) + gzip.compress(CSV[20:]) + bytes(512)], ids=named
)
def test_gzip_is_known_by_its_first_bytes(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "people.csv"
    path.write_bytes(data)
    table = read_file(str(path), Reading(PEOPLE_LIST.option))
    assert table.problems == []
    assert [row.cells[0] for row in table.rows] == ["Ana"]
    assert table.facts["compressed"] == "gzip"


def test_what_is_compressed_may_be_of_any_kind(tmp_path: Path) -> None:
    path = tmp_path / "people.yml.gz"
    path.write_bytes(gzip.compress(b"- email: a@example.com\n"))
    assert read_file(str(path), Reading(PEOPLE_LIST.option)).facts["format"] == "YAML"
    path.write_bytes(gzip.compress(b"%PDF-1.7"))
    assert "is a PDF document" in said(path)[0]


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (gzip.compress(CSV)[:-9], "is a damaged gzip file"),
        (gzip.compress(CSV)[:20] + b"x" * 30, "is a damaged gzip file"),
        (gzip.compress(CSV) + b"more", "is a damaged gzip file"),
        (gzip.compress(gzip.compress(CSV)), "is compressed twice"),
    ],
    ids=named,
)
def test_damaged_archives(tmp_path: Path, data: bytes, problem: str) -> None:
    path = tmp_path / "people.csv.gz"
    path.write_bytes(data)
    assert said(path)[0].startswith(problem)


def test_size_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "LIMIT", 1 << 20)
    path = tmp_path / "people.csv"
    for data in (bytes(2 << 20), gzip.compress(bytes(2 << 20)), gzip.compress(bytes(1 << 19)) * 3):
        path.write_bytes(data)
        assert said(path) == ["holds more than 1 MiB: that is not a list of people"]
