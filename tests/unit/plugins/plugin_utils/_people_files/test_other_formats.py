# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is no list of people is named, with a way out."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from ansible_collections.itops.ringcentral.plugins.plugin_utils._people_files.kinds import PEOPLE_LIST
from ansible_collections.itops.ringcentral.plugins.plugin_utils._people_files.read import Reading, read_file

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)


def archive(*members: str) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as file:
        for member in members:
            file.writestr(member, "x")
    return data.getvalue()


def said(tmp_path: Path, data: bytes) -> str:
    path = tmp_path / "people.csv"
    path.write_bytes(data)
    (problem,) = read_file(str(path), Reading(PEOPLE_LIST.option)).problems
    return str(problem)


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (OLE + "Workbook".encode("utf-16-le"), "is an old Excel file (.xls): save it as .xlsx or as 'CSV UTF-8'"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "is protected with a password"),
        (OLE + "WordDocument".encode("utf-16-le"), "is an old Word document"),
        (OLE, "is an old Office file"),
        (archive("mimetype", "content.xml"), "is an OpenDocument file (.ods)"),
        (archive("Index/Document.iwa"), "is a Numbers file"),
        (archive("[Content_Types].xml", "word/document.xml"), "is a Word document"),
        (archive("xl/workbook.bin"), "is a binary Excel file (.xlsb)"),
        (archive("people.csv"), "is a ZIP archive: unpack it"),
        (archive(), "is a ZIP archive"),
        (archive("people.csv")[:30], "is a damaged ZIP archive"),
        (b"%PDF-1.7\n%\xe2\xe3", "is a PDF document"),
        (b"{\\rtf1 x}", "is an RTF document"),
        (b"\x89PNG\r\n", "is a picture"),
        (b"BZh91AY", "is compressed with bzip2"),
        (b"SQLite format 3\0", "is an SQLite database"),
        (b"<!DOCTYPE html>\n<html>", "is a web page (HTML)"),
        ("\ufeff<table><tr>".encode(), "is a web page (HTML)"),
        ("<html>".encode("utf-16"), "is a web page (HTML)"),
        (b'<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>', "is an XML spreadsheet"),
        (b'<?xml version="1.0"?><people/>', "is an XML file"),
        (b"version: 1\n\ndn: CN=Ana,DC=example\ncn: Ana\n", "is an LDIF file"),
        (b"# by ldapsearch\n#\n\ndn:: Q049QW5h\n", "is an LDIF file"),
        (b"BEGIN:VCARD\r\nVERSION:3.0", "is a file of business cards"),
        (b"$ANSIBLE_VAULT;1.1;AES256\n3133", "is encrypted with ansible-vault"),
        (b"-----BEGIN PGP MESSAGE-----\n", "is encrypted with PGP"),
        (b"version https://git-lfs.github.com/spec/v1\noid", "is a pointer of Git LFS"),
        (b"\x7fELF\x02\x01\x01\0\0\0", "has NUL characters"),
    ],
    ids=lambda value: value if isinstance(value, str) else "file",  # archives hold the time
)
def test_other_formats(tmp_path: Path, data: bytes, what: str) -> None:
    assert what in said(tmp_path, data)


@pytest.mark.parametrize("begin", ["#" * 4000, "# x \n" * 800, "\n \n" * 1000, "version: 1 " * 300])
def test_long_beginnings_are_read_once(tmp_path: Path, begin: str) -> None:
    """What tries each way of reading them would not come to an end."""
    (tmp_path / "people.csv").write_text(begin + "!")
    assert read_file(str(tmp_path / "people.csv"), Reading(PEOPLE_LIST.option)).facts["format"] == "CSV"
