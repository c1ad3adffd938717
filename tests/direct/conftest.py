# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests of modules in one process have in common."""

from __future__ import annotations

from ansible_collections.itops.ringcentral.tests.support import examples

examples.use()
