# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: _export_people
short_description: Write the people of an account as a people file
version_added: 2.0.0
description:
  - Internal. It is no part of the collection's interface and may change in any version.
  - The same as P(itops.ringcentral.export_people#filter), of the results of modules, which it takes by the names of the
    variables that they were registered in. Ansible would copy what is passed on, value by value.
  - It is made for the playbook C(itops.ringcentral.export).
author:
  - itops.ringcentral contributors (@itops)
options:
  _terms:
    description:
      - Names of variables with the results of M(itops.ringcentral.rc_extension_info), M(itops.ringcentral.rc_account_info)
        M(itops.ringcentral.rc_user_role_info), M(itops.ringcentral.rc_extension_info) with C(details), and
        M(itops.ringcentral.rc_user_snapshot).
    type: list
    elements: str
    required: true
  status:
    description: Only people of these statuses; everybody where there are none.
    type: list
    elements: str
    default: []
  file:
    description: Name of the file. One that ends in C(.yml) or C(.yaml) is made as YAML, any other as CSV.
    type: str
    required: true
"""

RETURN = r"""
_raw:
  description: What P(itops.ringcentral.export_people#filter) returns.
  type: list
  elements: dict
"""

from typing import Any

from ansible.plugins.lookup import LookupBase

from ansible_collections.itops.ringcentral.plugins.plugin_utils._lifecycle.export import export, is_yaml
from ansible_collections.itops.ringcentral.plugins.plugin_utils._plain_values import looked_up, plain


class LookupModule(LookupBase):
    """Makes a people file."""

    def run(self, terms: list[Any], variables: Any = None, **kwargs: Any) -> list[Any]:
        self.set_options(var_options=variables, direct=kwargs)
        everybody, account, roles, details, calls = (
            plain(looked_up(plain(name), variables, self._load_name)) for name in terms
        )
        return [
            export(
                everybody["extensions"],
                account["account"],
                roles["roles"],
                details.get("extensions") or [],  # none where that task was skipped
                plain(self.get_option("status")),
                is_yaml(plain(self.get_option("file"))),
                calls.get("snapshots") or [],
            )
        ]
