# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a module's main does where ansible-lint checks a task."""

from __future__ import annotations

from typing import Any

import pytest
from ansible.module_utils import basic

from ansible_collections.itops.ringcentral.plugins.module_utils._module import Spec, run_module


class Checked(Exception):
    """The options were right."""


class Lint:
    """As ansible-lint has it: nothing is run after the options were checked."""

    def __init__(self, **_options: Any) -> None:
        raise Checked


def test_ansible_lint_checks_a_module_and_runs_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(basic, "AnsibleModule", Lint)
    with pytest.raises(Checked):
        run_module(Spec(lambda _context, _options: pytest.fail("it ran"), {}))
