# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is said of options that are wrong: which one, and what it must be."""

from __future__ import annotations

from typing import Any

import pytest
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator

from ansible_collections.itops.ringcentral.plugins.module_utils._options import explained, normalized

Json = dict[str, Any]
ROLES: Json = {
    "type": "dict",
    "options": {verb: {"type": "list", "elements": "str"} for verb in ("set", "add", "remove")},
}
SPEC: Json = {
    "roles": ROLES,
    "users": {
        "type": "list",
        "elements": "dict",
        "options": {
            "email": {"required": True},
            "roles": ROLES,
            "status": {"choices": ["Enabled", "Disabled"]},
            "queues": {"type": "list", "elements": "str"},
            "line": {"type": "int"},
        },
    },
    "mobile": {"type": "dict"},
    "limits": {"type": "dict", "options": {"max_disables": {"type": "int"}}},
    "state": {"choices": ["present", "absent"]},
    "sure": {"type": "bool"},
    "share": {"type": "float"},
    "a": {},
    "b": {},
}
RULES: Json = {
    "mutually_exclusive": [("a", "b")],
    "required_if": [("state", "absent", ("a", "b"), True)],
    "required_by": {"mobile": "share"},
}
ROLES_FORM = "roles must be a dictionary, such as {set: [A, B]}, or a list, which means set, and is"
LIMITS_FORM = "limits must be a dictionary, such as {max_disables: ...}, and is"


def of_ansible(values: Json) -> str:
    checked = ArgumentSpecValidator(SPEC, **RULES).validate(values)
    return next(iter(checked.error_messages), "")


@pytest.mark.parametrize(
    ("values", "text", "parameter"),
    [
        ({"roles": "X"}, f"{ROLES_FORM} a text.", "roles"),
        ({"roles": {"set": {"a": "b"}}}, "roles.set must be a list of texts, and is a dictionary.", "roles.set"),
        ({"roles": [{"a": "b"}]}, "roles.set[0] must be a text, and is a dictionary.", "roles.set[0]"),
        ({"users": ["X"]}, "users[0] must be a dictionary, such as {email: ...}, and is a text.", "users[0]"),
        ({"users": {"email": "x"}}, "users must be a list of dictionaries, and is a dictionary.", "users"),
        (
            {"users": [{"line": 4, "email": "x", "roles": "X"}]},
            f"users[0] (line 4).{ROLES_FORM} a text.",
            "users[0].roles",
        ),
        (
            {"users": [{"email": "x"}, {"email": "y", "status": "disabled"}]},
            "users[1].status must be one of Enabled, Disabled, and is 'disabled'.",
            "users[1].status",
        ),
        ({"users": [{"email": "x"}, {"status": "Enabled"}]}, "users[1].email is missing.", "users[1].email"),
        ({"mobile": [1]}, "mobile must be a dictionary, and is a list.", "mobile"),
        ({"limits": 5}, f"{LIMITS_FORM} a number.", "limits"),
        ({"limits": "5"}, f"{LIMITS_FORM} a number.", "limits"),
        (
            {"limits": {"max_disables": "many"}},
            "limits.max_disables must be a whole number, and is a text.",
            "limits.max_disables",
        ),
        ({"sure": "maybe"}, "sure must be true or false, and is a text.", "sure"),
        ({"share": "half"}, "share must be a number, and is a text.", "share"),
        ({"state": "gone"}, "state must be one of present, absent, and is 'gone'.", "state"),
        ({"a": "1", "b": "2"}, "parameters are mutually exclusive: a|b", "a"),
        ({"state": "absent"}, "state is absent but any of the following are missing: a, b", "a"),
        ({"mobile": {}}, "missing parameter(s) required by 'mobile': share", "share"),
        ({"roles": ["X"], "users": [{"email": "x", "roles": ["X"], "status": "Enabled", "queues": "a,b"}]}, "", ""),
    ],
)
def test_a_wrong_option_is_named_with_its_place(values: Json, text: str, parameter: str) -> None:
    values = normalized(SPEC, values)
    assert explained(of_ansible(values), SPEC, values) == (text, parameter)


def test_options_that_do_not_exist_are_named_with_their_entries() -> None:
    users = [{"email": "x"}, {"email": "x", "kye": "x", "line": 7}, *[{"email": "x", "d": 1, "c": 2}] * 6]
    msg = "Unsupported parameters for (x) module: users.kye."
    text, parameter = explained(msg, SPEC, {"users": users})
    assert text.startswith(f"{msg} Found in users[1] (line 7): kye; users[2]: c, d; ")
    assert text.endswith(" and 2 more.")
    assert parameter == "users[1].kye"
    assert explained("Unsupported parameters for (x) module: rolles.", SPEC, {"rolles": ["X"]})[1] == "rolles"
    assert explained("another message", SPEC, {}) == ("another message", "")


def test_ansible_lint_has_its_own_messages_for_variables_without_values() -> None:
    for values in ({"state": "{{ x }}"}, {"share": "{{ x }}"}, {"mobile": "{{ x }}"}, {"users": "{{ x }}"}):
        msg = of_ansible(values)
        assert explained(msg, SPEC, values)[0] == msg
