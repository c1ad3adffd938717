# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Answers that can't be understood fail for whom they are about, and end no run that has to report of others."""

from __future__ import annotations

import contextlib
import traceback
from collections.abc import Iterator

from ..._transport.errors import NoAnswer
from ..._transport.operations import OPERATIONS
from ..._transport.shapes import UNEXPECTED


@contextlib.contextmanager
def understood(operation: str) -> Iterator[None]:
    """Make of an error that an odd answer leads to one that says what was attempted. It may have been done.

    Args:
        operation: what was attempted.
    """
    try:
        yield
    except UNEXPECTED as error:
        where = traceback.extract_tb(error.__traceback__)[-1]
        raise NoAnswer(
            f"Could not {OPERATIONS[operation].doing}, or could not verify it: RingCentral's answer can't be understood ({type(error).__name__}: {error},"
            f" in {where.filename.rpartition('/')[2]}, line {where.lineno}).",
            outcome_unknown=True,
        ) from error
