# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: _drift_unread
short_description: Tell who has to be read completely to be compared with a people file
version_added: 2.0.0
description:
  - Internal. It is no part of the collection's interface and may change in any version.
  - Lists of extensions leave out regional settings, custom fields and more. This names those of whom a file says
    something that the list does not tell. It sends nothing.
  - It takes long lists by the names of variables, since Ansible copies a value that is passed on.
  - It is made for the playbook C(itops.ringcentral.drift).
author:
  - itops.ringcentral contributors (@itops)
options:
  _terms:
    description: Names of variables - of the people, as JSON, and of the result of M(itops.ringcentral.rc_extension_info).
    type: list
    elements: str
    required: true
  everybody:
    description: Else some of those of whom lists should tell it, to find out whether they do.
    type: bool
    default: true
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

from ansible_collections.itops.ringcentral.plugins.plugin_utils._lifecycle.comparison import to_read
from ansible_collections.itops.ringcentral.plugins.plugin_utils._plain_values import looked_up, plain


class LookupModule(LookupBase):
    """Tells who is to be read completely."""

    def run(self, terms: list[Any], variables: Any = None, **kwargs: Any) -> list[Any]:
        self.set_options(var_options=variables, direct=kwargs)
        people, everybody = (plain(looked_up(plain(name), variables, self._load_name)) for name in terms)
        return to_read(json.loads(people), everybody["extensions"], self.get_option("everybody"))
