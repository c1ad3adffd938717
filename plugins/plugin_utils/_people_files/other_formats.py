# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files that are no lists of people, or not in a form that is read: what they are, and the way out."""

from __future__ import annotations

import io
import re
import zipfile

_SAVE = "save it as .xlsx or as 'CSV UTF-8'"

# What a file begins with.
_BY_BYTES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "is a PDF document: ask for the list as .xlsx or CSV"),
    (b"{\\rtf", "is an RTF document: save the table as CSV UTF-8"),
    (b"7z\xbc\xaf\x27\x1c", "is a 7z archive: unpack it, and give the file in it"),
    (b"Rar!", "is a RAR archive: unpack it, and give the file in it"),
    (b"\x1f\x8b", "is compressed twice: unpack it once"),
    (b"BZh", "is compressed with bzip2: unpack it, or compress it with gzip"),
    (b"\xfd7zXZ", "is compressed with xz: unpack it, or compress it with gzip"),
    (b"\x28\xb5\x2f\xfd", "is compressed with zstd: unpack it, or compress it with gzip"),
    (b"\x89PNG", "is a picture: ask for the list as .xlsx or CSV"),
    (b"\xff\xd8\xff", "is a picture: ask for the list as .xlsx or CSV"),
    (b"GIF8", "is a picture: ask for the list as .xlsx or CSV"),
    (b"SQLite format 3\0", "is an SQLite database: export the table as CSV"),
    (b"PAR1", "is a Parquet file: export the table as CSV"),
    (b"\x00\x05\x16\x07", "is a companion file of macOS (its name begins with ._): give the file itself"),
    (b"bplist", "is a property list of macOS: export the list as CSV"),
    (b"\x09\x08\x10\x00", f"is an old Excel file (.xls): {_SAVE}"),
    (b"\x09\x04\x06\x00", f"is an old Excel file (.xls): {_SAVE}"),
    (b"ID;P", f"is a SYLK file: {_SAVE}"),
)
# What text begins with, regardless of its encoding.
_BY_TEXT: tuple[tuple[str, str], ...] = (
    (r"\$ANSIBLE_VAULT;", "is encrypted with ansible-vault: decrypt it, or give the people in a variable"),
    (r"-----BEGIN PGP MESSAGE", "is encrypted with PGP: decrypt it first"),
    (r"-----BEGIN AGE ENCRYPTED|age-encryption\.org", "is encrypted with age: decrypt it first"),
    (r"version https://git-lfs", "is a pointer of Git LFS, not the file itself: run git lfs pull"),
    (r"<\?xml[^>]*\?>\s*<\?mso-application progid=\"Excel", f"is an XML spreadsheet: open it in Excel and {_SAVE}"),
    (
        r"<(!doctype html|html|head|body|table|meta)\b|<\?xml[^>]*\?>\s*(<!doctype html|<html)",
        "is a web page (HTML), perhaps the log-in page of the system that it was to come from: export as CSV or .xlsx;"
        f" if it opens as a table in Excel, {_SAVE}",
    ),
    (r"<\?xml|<[a-z][\w:.-]*[\s>]", "is an XML file: export the list as CSV, JSON or .xlsx"),
    (r"BEGIN:VCARD", "is a file of business cards (vCard): export the list as CSV"),
    (r"BEGIN:VCALENDAR", "is a calendar: export the list as CSV"),
    (r"(#[^\n]*\n\s*|version: *\d+\s+)*dn::? *\S", "is an LDIF file: export the list as CSV, such as with Export-Csv"),
)
# What an archive holds.
_BY_MEMBER: tuple[tuple[str, str], ...] = (
    (r"xl/workbook\.bin", f"is a binary Excel file (.xlsb): {_SAVE}"),
    (r"word/.*", "is a Word document: save the table as CSV UTF-8"),
    (r"ppt/.*", "is a presentation: ask for the list as .xlsx or CSV"),
    (r"Index/.*\.iwa|Index\.zip", "is a Numbers file: export it as Excel (.xlsx) or CSV with UTF-8"),
    (r"content\.xml", f"is an OpenDocument file (.ods): {_SAVE}"),
)


def refused_bytes(data: bytes) -> str | None:
    """Why a file is not read, by its first bytes; nothing is said of text, and of workbooks."""
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _old_office(data)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")) and not is_workbook(data):
        return _archive(data)
    return next((why for begin, why in _BY_BYTES if data.startswith(begin)), None)


def refused_text(text: str) -> str | None:
    """Why a file is not read, by what its text begins with."""
    start = text[:4096].lstrip("\ufeff \t\r\n")
    return next((why for begin, why in _BY_TEXT if re.match(begin, start, re.IGNORECASE)), None)


def is_workbook(data: bytes) -> bool:
    """Whether it is an Excel file of the kind that is read."""
    return data.startswith(b"PK") and "xl/workbook.xml" in _members(data)


def _members(data: bytes) -> list[str]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return archive.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        # A damaged one may also have names in no encoding, or ask for a newer version of the format.
        return []


def _archive(data: bytes) -> str:
    members = _members(data)
    if not members and not data.startswith(b"PK\x05\x06"):
        return "is a damaged ZIP archive or Excel file: download it again"
    for pattern, why in _BY_MEMBER:
        if any(re.fullmatch(pattern, name) for name in members):
            return why
    return "is a ZIP archive: unpack it, and give the file in it"


def _old_office(data: bytes) -> str:
    def has(name: str) -> bool:
        return name.encode("utf-16-le") in data

    if has("EncryptedPackage"):
        return f"is protected with a password: open it in Excel, remove the password, and {_SAVE}"
    if has("WordDocument"):
        return "is an old Word document (.doc): save the table as CSV UTF-8"
    if has("Workbook") or has("Book"):
        return f"is an old Excel file (.xls): {_SAVE}"
    return f"is an old Office file: {_SAVE}"
