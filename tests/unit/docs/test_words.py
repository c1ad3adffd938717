# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""No text has a word that is on the list of those not to use."""

from __future__ import annotations

from pathlib import Path

from tools import words


def test_texts_keep_to_the_word_list() -> None:
    assert words.check(Path(__file__).resolve().parents[3]) == []
