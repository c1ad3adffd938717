# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files for one reader: nobody else ever sees them, and nobody ever sees half of one."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

PRIVATE = 0o600


def make_directory(path: Path) -> None:
    """Make a directory, with those above it. One that exists keeps its mode.

    Raises:
        OSError: it can't be made, or something else has its name.
    """
    path.mkdir(mode=0o755, parents=True, exist_ok=True)


def write_private(path: Path, text: str) -> None:
    """Replace a file as a whole, readable and writable by its owner only. A link is replaced, never followed.

    Raises:
        OSError: it can't be written. What was there is as it was.
    """
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        os.fchmod(handle, PRIVATE)
        # Half of a pair of surrogates, which a name may hold, is nothing that UTF-8 can say.
        with open(handle, "w", encoding="utf-8", errors="backslashreplace", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.replace(draft, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(draft)
        raise
