# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Values of a file in messages: none that may be a password."""

from __future__ import annotations

import pytest

from ansible_collections.itops.ringcentral.plugins.plugin_utils._people_files.value_maps import is_active
from ansible_collections.itops.ringcentral.plugins.plugin_utils._people_files.values import as_bool, shown


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("Correct7Horse", False),
        ("email=kim@example.com password=horse", False),
        ("Password: horse", False),
        ('{"pin": "1234567890"}', False),
        ("ivr_pin = 1234567890", False),
        ("Kim2@example.com", True),
        ("Pinto: Ana", True),
        ("password", True),
        ("tomorrow", True),
    ],
)
def test_what_may_be_a_password_is_not_shown(text: str, seen: bool) -> None:
    assert shown(text) == (f"'{text}'" if seen else "a value that is not shown (it may be a password)")


@pytest.mark.parametrize(
    ("yes", "no"),
    [
        ("TRUE", "FALSE"), ("WAHR", "FALSCH"), ("VRAI", "FAUX"), ("VERDADERO", "FALSO"), ("WAAR", "ONWAAR"), ("VERO", "FALSO"),
        ("VERDADEIRO", "FALSO"), ("PRAWDA", "FAŁSZ"), ("PRAVDA", "NEPRAVDA"), ("IGAZ", "HAMIS"), ("ADEVĂRAT", "FALS"),
        ("SANT", "FALSKT"), ("SAND", "FALSK"), ("SANN", "USANN"), ("TOSI", "EPÄTOSI"), ("DOĞRU", "YANLIŞ"), ("ИСТИНА", "ЛОЖЬ"),
    ],
)  # fmt: skip
def test_what_spreadsheets_of_all_languages_call_true_and_false(yes: str, no: str) -> None:
    assert [as_bool(text) for text in (yes, no, yes.casefold(), no.capitalize())] == [True, False] * 2
    assert is_active(yes) and not is_active(no)
