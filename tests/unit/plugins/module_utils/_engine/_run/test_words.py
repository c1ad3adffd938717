# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Numbers with their nouns, and who of a list failed, in words."""

from __future__ import annotations

import pytest
from ansible_collections.itops.ringcentral.plugins.module_utils._engine._run.words import (
    counted,
    some_failed,
    waiting_in_words,
    what_next,
)


@pytest.mark.parametrize(
    ("count", "one", "many", "text"),
    [
        (0, "user", "", "0 users"),
        (1, "user", "", "1 user"),
        (2, "person", "people", "2 people"),
        (1, "was", "were", "1 was"),
    ],
)
def test_a_number_has_its_noun(count: int, one: str, many: str, text: str) -> None:
    assert counted(count, one, many) == text


@pytest.mark.parametrize(
    ("minutes", "text"),
    [
        (0, "no waiting"),
        (0.3, "less than a minute of waiting"),
        (1.2, "about 1 minute of"),
        (2.6, "about 3 minutes of"),
    ],
)
def test_waiting_is_told_in_whole_minutes(minutes: float, text: str) -> None:
    assert waiting_in_words(minutes).startswith(text)


@pytest.mark.parametrize(
    ("failures", "users", "text"),
    [
        (["ana: No."], 1, "1 of 1 user failed. ana: No."),
        (["ana: No.", "bo: Not"], 2, "2 of 2 users failed. ana: No; bo: Not."),
        (["ana: No."], 3, "1 of 3 users failed. ana: No. The others are as asked."),
        (["x"] * 6, 7, "6 of 7 users failed. x; x; x; x; x; and 1 more. The others are as asked."),
    ],
)
def test_some_failed(failures: list[str], users: int, text: str) -> None:
    assert some_failed(failures, users) == f"{text} Fix the cause and run it again."


def test_people_who_are_left_alone_need_another_plan() -> None:
    alone = "Make a new plan for people who are left alone."
    assert some_failed(["ana: is left alone"], 2, 1) == (
        f"1 of 2 users failed. ana: is left alone. The others are as asked. {alone}"
    )
    assert what_next(3, 1) == f"{alone} For the others who failed, fix the cause and run it again with the same plan."
