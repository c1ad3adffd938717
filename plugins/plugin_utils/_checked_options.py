# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The options of what is no module: checked as Ansible checks those of modules, and explained in the same words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible.module_utils.errors import UnsupportedError

from ..module_utils._options import explained
from ..module_utils._resources.fields import Json


def checked_options(spec: Json, given: Mapping[str, Any]) -> tuple[Json, list[str], str]:
    """Options with their types and defaults, what is wrong with them, and the option that the first of it is about.

    What is wrong is in words without a full stop, and may hold secrets that were given.
    """
    result = ArgumentSpecValidator(spec).validate(dict(given))
    errors = [f"{'Unsupported parameters: ' * isinstance(one, UnsupportedError)}{one.msg}" for one in result.errors]
    # Ansible takes a list or a dictionary for a text; `explained` finds that where it finds nothing else.
    wrong = [explained(error, spec, given) for error in errors or [""]]
    return (
        result.validated_parameters,
        list(dict.fromkeys(text.rstrip(".") for text, _option in wrong if text)),
        wrong[0][1],
    )
