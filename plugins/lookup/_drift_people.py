# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: _drift_people
short_description: Read and check a people file, and return the people as one text
version_added: 2.0.0
description:
  - Internal. It is no part of the collection's interface and may change in any version.
  - Ansible copies a list value by value, which takes seconds for 10,000 people. A text is one value.
  - It is made for the playbook C(itops.ringcentral.drift).
author:
  - itops.ringcentral contributors (@itops)
options:
  _terms:
    description: As of P(itops.ringcentral.people#lookup), which takes all other options as well.
    type: list
    elements: str
"""

RETURN = r"""
_raw:
  description:
    - What P(itops.ringcentral.people#lookup) returns with C(problems=return). The people are JSON.
  type: list
  elements: dict
"""

import json
from typing import Any

from ansible.plugins.loader import lookup_loader
from ansible.plugins.lookup import LookupBase


class LookupModule(LookupBase):
    """Reads and checks people."""

    def run(self, terms: list[Any], variables: Any = None, **kwargs: Any) -> list[Any]:
        people = lookup_loader.get("itops.ringcentral.people", loader=self._loader, templar=self._templar)
        [checked] = people.run(terms, variables, **kwargs, problems="return")
        return [{**checked, "people": json.dumps(checked["people"])}]
