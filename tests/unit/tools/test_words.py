# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The word list is applied to what people read, and to nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from tools import words

RULES = words.rules()
PYTHON, YAML, GUIDE = Path("plugins/some.py"), Path("roles/some.yml"), Path("docs/some.md")


@pytest.mark.parametrize(
    ("path", "source"),
    [
        (GUIDE, "A short text.\nWait, lest it fails."),
        (YAML, "- name: Mend the user"),
        (YAML, "a: 1  # whoever leaves"),
        (YAML, 'msg: "{{ count }} left.."'),
        (PYTHON, '"""Users whom nobody knows."""'),
        (PYTHON, 'text = f"{count} users, whatever {name} is."'),
        (PYTHON, "count = 1  # a new one shall be made"),
        (PYTHON, 'text = "Read 1 users of them."'),
        (PYTHON, 'text = "It failed.; and more"'),
        (PYTHON, 'text = "It failed , and more"'),
    ],
)
def test_a_word_of_the_list_is_found(path: Path, source: str) -> None:
    (problem,) = words.problems_of(path, source, RULES)
    assert problem.startswith(f"{path}:{1 + source.count(chr(10))} says ")


@pytest.mark.parametrize(
    ("path", "source"),
    [
        (GUIDE, "The option `whatever`, see [this](told.md).\n\n```console\n$ lest\n```\n"),
        (PYTHON, 'told = options["whatever"]\n"""Returns `told`, and C(told)."""'),
        (PYTHON, 'text = f"21 users, 1 user, of 3.1 errors, ../{name}..."'),
        (YAML, "a: 11 users"),
    ],
)
def test_code_and_right_words_pass(path: Path, source: str) -> None:
    assert words.problems_of(path, source, RULES) == []
