# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: _callers
short_description: Tell whose numbers and call queues have to be read
version_added: 2.0.0
description:
  - Internal. It is no part of the collection's interface and may change in any version.
  - Names the people of an account; with a people file, those for whom the file has numbers or queues. It sends nothing.
  - It takes long lists by the names of variables, since Ansible copies a value that is passed on.
  - It is made for the playbooks C(itops.ringcentral.export) and C(itops.ringcentral.drift).
author:
  - itops.ringcentral contributors (@itops)
options:
  _terms:
    description:
      - Names of variables - of the result of M(itops.ringcentral.rc_extension_info), and, for drift, of the people of the file,
        as JSON.
    type: list
    elements: str
    required: true
  status:
    description: Only people of these statuses; everybody where there are none.
    type: list
    elements: str
    default: []
"""

RETURN = r"""
_raw:
  description: Ids of extensions.
  type: list
  elements: str
"""

import json
from typing import Any

from ansible.plugins.lookup import LookupBase

from ansible_collections.itops.ringcentral.plugins.plugin_utils._lifecycle.comparison import callers
from ansible_collections.itops.ringcentral.plugins.plugin_utils._lifecycle.export import people_of
from ansible_collections.itops.ringcentral.plugins.plugin_utils._plain_values import looked_up, plain


class LookupModule(LookupBase):
    """Tells whose numbers and queues are to be read."""

    def run(self, terms: list[Any], variables: Any = None, **kwargs: Any) -> list[Any]:
        self.set_options(var_options=variables, direct=kwargs)
        everybody, *people = (plain(looked_up(plain(name), variables, self._load_name)) for name in terms)
        if people:
            return callers(json.loads(people[0]), everybody["extensions"])
        chosen = people_of(everybody["extensions"], plain(self.get_option("status")))
        return [extension["extension_id"] for extension in chosen]
