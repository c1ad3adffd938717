# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Modules in this process, against a sandbox in another."""

from __future__ import annotations

from pathlib import Path

import pytest

from ansible_collections.itops.ringcentral.tests.support.modules import Modules
from ansible_collections.itops.ringcentral.tests.support.server import Sandbox


@pytest.fixture
def modules(request: pytest.FixtureRequest, tmp_path: Path) -> Modules:
    """Against the sandbox that the test asks for."""
    name = next(name for name in ("sandbox", "platform", "contract_sandbox") if name in request.fixturenames)
    sandbox: Sandbox = request.getfixturevalue(name)
    return Modules(sandbox, tmp_path)
