# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What every filter does around a plain function: plain values in, unsafe text out, errors for people."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ansible.errors import AnsibleFilterError
from ansible.utils.unsafe_proxy import wrap_var


def plain(value: Any) -> Any:
    """A value as ordinary Python: Ansible wraps text and containers, and not every library takes that."""
    if isinstance(value, Mapping):
        return {plain(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(inner) for inner in value]
    # A subclass's own __str__ may be anything; str.__str__ is the text.
    return str.__str__(value) if isinstance(value, str) else value


def computed(function: Callable[..., Any], *arguments: Any) -> Any:
    """Call a function with plain values. Its result is unsafe: braces in somebody's name are no template."""
    try:
        return wrap_var(function(*(plain(argument) for argument in arguments)))
    except (LookupError, TypeError, AttributeError) as error:
        raise AnsibleFilterError(
            f"{function.__name__}: these are not the people, or results of modules, that are expected:"
            f" {type(error).__name__}: {error}"
        ) from error
