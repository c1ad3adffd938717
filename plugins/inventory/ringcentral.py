# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: ringcentral
short_description: RingCentral users as hosts
version_added: 1.0.0
description:
  - Users, or other extensions, as hosts in groups by site, department, status and role.
  - Their variables are what M(itops.ringcentral.rc_extension_info) returns of them.
  - A run costs one request for each 1000 extensions, or none where they are in Ansible's inventory cache.
  - Extensions can't be connected to. Tasks for them run on the controller.
  - The name of the file has to end with C(ringcentral.yml) or C(ringcentral.yaml).
author:
  - itops.ringcentral contributors (@itops)
extends_documentation_fragment:
  - itops.ringcentral.ringcentral
  - itops.ringcentral.ringcentral.environment
  - ansible.builtin.constructed
  - ansible.builtin.inventory_cache
options:
  plugin:
    description: Says that the file is for this plugin.
    type: str
    required: true
    choices: [itops.ringcentral.ringcentral]
  types:
    description: Types of extension; an empty list means all.
    type: list
    elements: str
    default: [User]
  statuses:
    description: Statuses of extensions; an empty list means all. Seats that wait for somebody are C(Unassigned).
    type: list
    elements: str
    choices: [Enabled, Disabled, Frozen, NotActivated, Unassigned]
    default: [Enabled, Disabled, Frozen, NotActivated]
  hostname:
    description:
      - What names a host. The first of these variables that an extension has, and shares with no other, is taken; a dot
        leads into a dictionary.
      - Where there is none, it is the C(extension_id).
    type: list
    elements: str
    default: [email, extension_number]
  default_groups:
    description:
      - What groups are made by themselves, such as C(site_London), C(department_Sales), C(status_Disabled) and
        C(role_Support_Agent). An empty list makes none.
    type: list
    elements: str
    choices: [site, department, status, role]
    default: [site, department, status, role]
  group_prefix:
    description: What the names of these groups begin with, such as V(ringcentral_).
    type: str
    default: ""
  readiness:
    description:
      - Whether to read of each enabled user whether the user can sign in, call and be called, and whether an emergency address is
        known. The variable C(read_only.readiness) has it, and the group C(not_ready) has the users to whom something is missing.
      - It costs one Light request for each, and one more for a user who has no line with a number. A cache saves them.
    type: bool
    default: false
    version_added: 2.0.0
  connection:
    description:
      - The C(ansible_connection) of every host. With V(local), tasks run on the controller, in the Python that runs Ansible.
      - An empty text sets none.
    type: str
    default: local
notes:
  - Options that hold secrets are best left to the environment. They may also be encrypted by Ansible Vault, or be templates
    with a lookup.
  - The cache holds what RingCentral lists of the users, and no credentials.
seealso:
  - module: itops.ringcentral.rc_extension_info
"""

EXAMPLES = r"""
# ringcentral.yml. This line is enough for everybody, in groups by site, department, status and role.
plugin: itops.ringcentral.ringcentral

# Credentials by a lookup, as out of a vault or of files that an orchestrator mounts, rather than from the environment.
client_secret: "{{ lookup('ansible.builtin.file', '/run/secrets/ringcentral_client_secret') }}"
jwt: "{{ lookup('ansible.builtin.file', '/run/secrets/ringcentral_jwt') }}"

# Who works here, by employee id, and otherwise by e-mail address.
statuses: [Enabled, NotActivated]
hostname: [employee_id, email]

# Groups and variables of one's own.
default_groups: [status]
compose:
  mail_domain: email.split('@') | last
groups:
  admins: read_only.roles | selectattr('name', 'search', 'Admin') | list | length > 0
keyed_groups:
  - key: business_address.country | default('')
    prefix: country

# Kept for an hour.
cache: true
cache_plugin: ansible.builtin.jsonfile
cache_connection: ~/.cache/ringcentral-inventory
cache_timeout: 3600
"""

import hashlib
import json
import os
import sqlite3
from typing import Any

from ansible.errors import AnsibleParserError
from ansible.plugins.inventory import BaseInventoryPlugin, Cacheable, Constructable
from ansible.utils.unsafe_proxy import wrap_var

from ansible_collections.itops.ringcentral.plugins.plugin_utils._inventory import (
    NOT_READY,
    TEMPLATE,
    groups_of,
    is_not_ready,
    named,
    read,
)
from ansible_collections.itops.ringcentral.plugins.module_utils._module import SHARED_OPTIONS, missing_library
from ansible_collections.itops.ringcentral.plugins.module_utils._options import explained
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.connect import VARIABLES, connect
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.errors import InvalidInput, RingCentralError
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.shapes import UNEXPECTED, unexpected_in_words
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.text import printable

try:
    from ansible.template import trust_as_template
except ImportError:  # before ansible-core 2.19, where everything is a template that is not said to be unsafe
    trust_as_template = None

# The Python that runs Ansible has the libraries. Its path is the controller's own, wherever the inventory is read.
PYTHON = "{{ ansible_playbook_python }}"


class InventoryModule(BaseInventoryPlugin, Constructable, Cacheable):
    """Reads extensions, or finds them in the cache, and makes them hosts."""

    NAME = "itops.ringcentral.ringcentral"

    def verify_file(self, path: str) -> bool:
        return bool(super().verify_file(path)) and path.endswith(("ringcentral.yml", "ringcentral.yaml"))

    def parse(self, inventory: Any, loader: Any, path: str, cache: bool = True) -> None:
        super().parse(inventory, loader, path, cache)
        missing = missing_library()
        if missing:
            raise AnsibleParserError(missing[0])
        for variable in VARIABLES.values():
            if not os.environ.get(variable, "").strip():  # blank is not set
                os.environ.pop(variable, None)
        self._read_config_data(path)
        try:
            extensions = self._extensions(path, cache)
        except RingCentralError as error:
            raise AnsibleParserError(str(error)) from error
        except (*UNEXPECTED, OSError, sqlite3.Error) as error:
            raise AnsibleParserError(unexpected_in_words(error)) from error
        hosts, warnings = named(extensions, self.get_option("hostname"))
        for warning in warnings:
            self.display.warning(f"{path}: {warning}")
        for name, extension in hosts.items():
            self._add(name, extension)

    def _extensions(self, path: str, cache: bool) -> list[dict[str, Any]]:
        """From the cache where they may be, else from RingCentral. Another account or choice is another entry."""
        types, statuses, ready = (self.get_option(name) for name in ("types", "statuses", "readiness"))
        client = connect(self._shared(), True, lambda text: self.display.warning(printable(text)), lambda secret: None)
        try:
            choice = json.dumps(
                [client.owner, self.get_option("account_id"), types, statuses, *([ready] if ready else [])]
            )
            key = f"{self.get_cache_key(path)}_{hashlib.sha256(choice.encode()).hexdigest()[:12]}"
            kept = self.get_option("cache")
            if kept and cache and key in self._cache:
                cached: list[dict[str, Any]] = self._cache[key]
                return cached
            extensions = read(client, types, statuses, ready)
            if kept:
                self._cache[key] = extensions
            return extensions
        finally:
            client.close()

    def _shared(self) -> dict[str, Any]:
        """The options that every module shares, with the lookups in them done. Raises InvalidInput."""
        options = {name: self.get_option(name) for name in SHARED_OPTIONS}
        options = {
            name: self.templar.template(value) if isinstance(value, str) and TEMPLATE.search(value) else value
            for name, value in options.items()
        }
        wrong, option = explained("", SHARED_OPTIONS, options)
        if wrong:
            raise InvalidInput(wrong, option)
        return options

    def _add(self, name: str, extension: dict[str, Any]) -> None:
        """One host, its variables and its groups."""
        self.inventory.add_host(name)
        variables = {key: _as_data(value) for key, value in extension.items()}
        connection = self.get_option("connection")
        if connection:
            variables["ansible_connection"] = connection
        if connection == "local":
            variables["ansible_python_interpreter"] = trust_as_template(PYTHON) if trust_as_template else PYTHON
        for key, value in variables.items():
            self.inventory.set_variable(name, key, value)
        for kind, value in groups_of(extension, self.get_option("default_groups")):
            group = self._sanitize_group_name(f"{self.get_option('group_prefix')}{kind}_{value}")
            self.inventory.add_child(self.inventory.add_group(group), name)
        if is_not_ready(extension):
            self.inventory.add_child(self.inventory.add_group(f"{self.get_option('group_prefix')}{NOT_READY}"), name)
        strict = self.get_option("strict")
        self._set_composite_vars(self.get_option("compose"), variables, name, strict=strict)
        self._add_host_to_composed_groups(self.get_option("groups"), variables, name, strict=strict)
        self._add_host_to_keyed_groups(self.get_option("keyed_groups"), variables, name, strict=strict)


def _as_data(value: Any) -> Any:
    """What a user typed into RingCentral is never a template, regardless of its form."""
    if isinstance(value, dict):
        return {key: _as_data(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_as_data(item) for item in value]
    if not isinstance(value, str):
        return value
    if TEMPLATE.search(value):
        return value if trust_as_template else wrap_var(value)
    return trust_as_template(value) if trust_as_template else value  # else ansible-inventory shows it as unsafe
