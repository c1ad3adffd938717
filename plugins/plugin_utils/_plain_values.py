# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What plugins do around a plain function: plain values in, of variables by name too; unsafe text out; errors for people."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ParamSpec, TypeVar

from ansible.errors import AnsibleFilterError
from ansible.module_utils.common.collections import is_string
from ansible.utils.unsafe_proxy import wrap_var


# What is plain already: most of what a list of people is made of.
_PLAIN = frozenset((str, int, float, bool, type(None)))
Values = ParamSpec("Values")
Result = TypeVar("Result")


def plain(value: Any) -> Any:
    """A value as ordinary Python: Ansible wraps text and containers, and not every library takes that."""
    if type(value) in _PLAIN:
        return value
    if isinstance(value, Mapping):
        return {plain(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(inner) for inner in value]
    if isinstance(value, str):
        # A subclass's own __str__ may be anything; str.__str__ is the text.
        return str.__str__(value)
    # An inline `!vault` value is no str before ansible-core 2.19; its own __str__ decrypts it.
    return str(value) if is_string(value) and not isinstance(value, bytes) else value


def looked_up(value: Any, variables: Mapping[str, Any], where: str) -> Any:
    """A variable by its name, as it was registered; what is no text is what is meant itself.

    By its name a result is read as it is. As a template Ansible would copy it value by value, which takes seconds for
    10,000 people.

    Raises:
        ValueError: there is no such variable.
    """
    if not isinstance(value, str):
        return value
    name, *keys = value.split(".")
    if name not in variables:
        raise ValueError(
            f"{where} names the variable {name!r}, which is not defined. Register the task's result in it first."
        )
    found = variables[name]
    for key in keys:
        if not isinstance(found, Mapping) or key not in found:
            raise ValueError(f"{where} names {value!r}, but {key!r} is not there.")
        found = found[key]
    return found


def computed(function: Callable[Values, Result], *arguments: Values.args, **options: Values.kwargs) -> Result:
    """Call a function with plain values. Its result is unsafe: braces in somebody's name are no template."""
    call: Callable[..., Result] = function
    try:
        result: Result = wrap_var(call(*map(plain, arguments), **plain(options)))
    except (LookupError, TypeError, AttributeError) as error:
        raise AnsibleFilterError(
            f"{function.__name__}: these are not the people, or results of modules, that are expected:"
            f" {type(error).__name__}: {error}"
        ) from error
    return result
