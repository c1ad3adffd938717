# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: internal
short_description: Steps of the collection's own playbooks
version_added: 2.0.0
description:
  - Internal. It is no part of the collection's interface and may change in any version.
  - Steps of the playbooks C(itops.ringcentral.export) and C(itops.ringcentral.drift), and of the role
    P(itops.ringcentral.offboard_users#role). They send nothing.
  - Ansible copies a list value by value, which takes seconds for 10,000 people. These steps take the results of modules by
    the names of the variables that they were registered in, and people as JSON.
author:
  - itops.ringcentral contributors (@itops)
options:
  _terms:
    description:
      - The name of a step, then what it works on.
      - V(read_people) takes the terms and options of P(itops.ringcentral.people#lookup), and returns the people as JSON.
      - V(people_to_read) takes people and the result of M(itops.ringcentral.rc_extension_info). It names those of whom the
        people file says something that lists of extensions leave out.
      - V(people_of_account) takes the result of M(itops.ringcentral.rc_extension_info), and names all who are persons.
      - V(people_with_numbers) takes the result of M(itops.ringcentral.rc_extension_info), and people. It names those
        whose numbers and call queues have to be read.
      - V(people_with_lines) takes the result of M(itops.ringcentral.rc_extension_info), and people. It names those whose lines have to
        be read.
      - V(people_to_repair) takes people as V(read_people) returned them, and the results that V(patched_people_file) takes. It
        returns the places in the file of those who are compared, and how many of them are missing or different.
      - V(patched_people_file) takes the path of a people file, its people as V(read_people) returned them, and by name the results
        of M(itops.ringcentral.rc_extension_info) for everybody, of M(itops.ringcentral.rc_account_info),
        M(itops.ringcentral.rc_user_role_info), M(itops.ringcentral.rc_extension_info) with details and for C(~), and of
        M(itops.ringcentral.rc_user_snapshot) for numbers and for lines. It returns the file with the account's values.
      - V(people_file) takes the results of M(itops.ringcentral.rc_extension_info), M(itops.ringcentral.rc_account_info),
        M(itops.ringcentral.rc_user_role_info), M(itops.ringcentral.rc_extension_info) with C(details), and
        M(itops.ringcentral.rc_user_snapshot), and returns what P(itops.ringcentral.export_people#filter) returns.
      - V(offboarding_find) takes the C(people) of P(itops.ringcentral.leavers#lookup), and the result of
        M(itops.ringcentral.rc_extension_info). It returns who leaves and what to do for each (C(entries)), how many users the
        account has (C(users)), the address of one of its extensions (C(uri)), and the ids of its call queues (C(queues)).
    type: list
    elements: str
    required: true
  everybody:
    description: For V(people_to_read), else some of those of whom lists should report it, to find out whether they do.
    type: bool
    default: true
  status:
    description: For V(people_of_account) and V(people_file), only people of these statuses. An empty list means all.
    type: list
    elements: str
    default: []
  reading:
    description: For V(patched_people_file), the options of P(itops.ringcentral.people#lookup) by which the file was read.
    type: dict
    default: {}
  ignore:
    description: For V(patched_people_file) and V(people_to_repair), e-mail addresses, with wildcards, and extension ids of people to leave out.
    type: list
    elements: str
    default: []
  lines:
    description: For V(patched_people_file) and V(people_to_repair), whether lines and emergency addresses were compared.
    type: bool
    default: false
  add_extra:
    description: For V(patched_people_file), whether users that the file does not name are added to it.
    type: bool
    default: false
  file:
    description: For V(people_file), the name of the file. One that ends in C(.yml) or C(.yaml) is YAML, any other is CSV.
    type: str
  settings:
    description: For V(offboarding_find), what holds for everybody. A dictionary with C(today) and C(grace_days), and, if wanted,
      C(successor), C(forward_to), C(numbers_to), C(devices), C(reason), C(missing_ok) and C(protected).
    type: dict
"""

RETURN = r"""
_raw:
  description: Ids of extensions, or one result.
  type: list
  elements: raw
"""

import json
import os
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from ansible.errors import AnsibleError
from ansible.plugins.loader import lookup_loader
from ansible.plugins.lookup import LookupBase

from ansible_collections.itops.ringcentral.plugins.module_utils._resources.extension import is_user
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.errors import InvalidInput
from ansible_collections.itops.ringcentral.plugins.plugin_utils._lifecycle import offboarding
from ansible_collections.itops.ringcentral.plugins.plugin_utils._lifecycle.account_cells import AccountCells
from ansible_collections.itops.ringcentral.plugins.plugin_utils._lifecycle.comparison import (
    SAME,
    DriftSettings,
    callers,
    to_read,
)
from ansible_collections.itops.ringcentral.plugins.plugin_utils._lifecycle.drift import Compared, compare
from ansible_collections.itops.ringcentral.plugins.plugin_utils._lifecycle.export import export, is_yaml, people_of
from ansible_collections.itops.ringcentral.plugins.plugin_utils._lifecycle.file_patch import patch
from ansible_collections.itops.ringcentral.plugins.plugin_utils._lifecycle.read_back import Refused
from ansible_collections.itops.ringcentral.plugins.plugin_utils._lifecycle.lines import OPTIONS
from ansible_collections.itops.ringcentral.plugins.plugin_utils._people_files.people import Rules
from ansible_collections.itops.ringcentral.plugins.plugin_utils._plain_values import looked_up, plain


def people_to_read(people: str, result: dict[str, Any], everybody: bool = True) -> list[str]:
    return to_read(json.loads(people), result["extensions"], everybody)


def people_with_lines(result: dict[str, Any], people: str) -> list[str]:
    return callers(json.loads(people), result["extensions"], OPTIONS)


def people_with_numbers(result: dict[str, Any], people: str) -> list[str]:
    return callers(json.loads(people), result["extensions"])


def people_of_account(result: dict[str, Any], status: Sequence[str] = ()) -> list[str]:
    return [extension["extension_id"] for extension in people_of(result["extensions"], status)]


def people_file(
    everybody: dict[str, Any],
    account: dict[str, Any],
    roles: dict[str, Any],
    details: dict[str, Any],
    numbers: dict[str, Any],
    *,
    status: Sequence[str],
    file: str,
) -> list[Any]:
    written = export(
        everybody["extensions"],
        account["account"],
        roles["roles"],
        details.get("extensions") or [],  # none where that task was skipped
        status,
        is_yaml(file),
        numbers.get("snapshots") or [],
    )
    return [written]


class FileComparison(NamedTuple):
    """A people file compared with the account, and what that was made of."""

    people: list[Any]
    roles: list[Any]
    calls: list[Any]
    compared: Compared


def _compared(
    source: str,
    people: str,
    everybody: dict[str, Any],
    account: dict[str, Any],
    roles: dict[str, Any],
    details: dict[str, Any],
    own: dict[str, Any],
    *read: dict[str, Any],
    ignore: Sequence[str] = (),
    lines: bool = False,
) -> FileComparison:
    """A people file compared with the account, by the results of the tasks that read it; `read` are of rc_user_snapshot."""
    own_id = next((str(extension["extension_id"]) for extension in own.get("extensions") or []), "")
    settings = DriftSettings(source, own_id, tuple(ignore), lines)
    listed, calls = json.loads(people), [row for result in read for row in result.get("snapshots") or []]
    known = (everybody["extensions"], account["account"], roles["roles"])
    compared = compare(listed, *known, settings, details.get("extensions") or [], calls)
    return FileComparison(listed, roles["roles"], calls, compared)


def people_to_repair(people: str, *results: dict[str, Any], **options: Any) -> list[dict[str, Any]]:
    found = _compared("the file", people, *results, **options).compared.people
    differ = sum(row["result"] != SAME for _index, rows in found for row in rows)
    return [{"compared": [index for index, rows in found if rows], "differ": differ}]


def patched_people_file(
    path: str, rules: Rules, people: str, *results: dict[str, Any], add_extra: bool = False, **options: Any
) -> dict[str, Any]:
    source = os.path.basename(path)
    file = _compared(source, people, *results, **options)
    try:
        with open(path, "rb") as stream:
            data = stream.read()
        cells = AccountCells(file.calls, rules)
        return {"path": path, **patch(data, source, rules, file.people, file.compared, cells, file.roles, add_extra)}
    except OSError as error:
        raise AnsibleError(f"{path} can't be read: {error.strerror or error}") from error
    except Refused as error:
        raise AnsibleError(f"{path} {error}") from error


def offboarding_find(
    people: list[Any], there: dict[str, Any], *, settings: offboarding.GivenSettings
) -> list[dict[str, Any]]:
    extensions = there["extensions"]
    try:
        entries = offboarding.find(people, extensions, offboarding.settings_of(settings))
    except InvalidInput as error:
        raise AnsibleError(str(error)) from error
    except ValueError as error:
        raise AnsibleError(f"settings of offboarding: {error}") from error
    found = {
        "entries": entries,
        "users": sum(map(is_user, extensions)),
        "uri": next(filter(None, (one["read_only"].get("uri") for one in extensions)), ""),
        "queues": [one["extension_id"] for one in extensions if one.get("type") == "Department"],
    }
    return [found]


STEPS = {
    step.__name__: step
    for step in (
        *(people_to_read, people_with_lines, people_with_numbers, people_of_account, people_to_repair, people_file),
        offboarding_find,
    )
}


class LookupModule(LookupBase):
    """Finds the step and the variables."""

    def run(self, terms: list[Any], variables: Any = None, **kwargs: Any) -> list[Any]:
        name, *values = terms
        if name == "read_people":
            people = lookup_loader.get("itops.ringcentral.people", loader=self._loader, templar=self._templar)
            [checked] = people.run(values, variables, **kwargs, problems="return")
            return [{**checked, "people": json.dumps(checked["people"])}]
        if name == "patched_people_file":
            path, *values = values
            reading: Mapping[str, Any] = plain(kwargs.pop("reading", {}))
            reader = lookup_loader.get("itops.ringcentral.people", loader=self._loader, templar=self._templar)
            reader.set_options(var_options=variables, direct=reading)
            results = [plain(looked_up(plain(value), variables, name)) for value in values]
            return [
                patched_people_file(reader.found(plain(path), variables), reader.rules(), *results, **plain(kwargs))
            ]
        found = (plain(looked_up(plain(value), variables, self._load_name)) for value in values)
        return STEPS[name](*found, **plain(kwargs))
