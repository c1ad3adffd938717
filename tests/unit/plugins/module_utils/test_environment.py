# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Environment variables: blank ones are not set, for every option, and a home is not needed."""

from __future__ import annotations

import os
import pwd
from pathlib import Path

import pytest
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible_collections.itops.ringcentral.plugins.module_utils._module import SHARED_OPTIONS
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.connect import VARIABLES
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.store_sqlite import own_directory


@pytest.mark.parametrize("blank", ["", " ", "\n"])
def test_blank_variables_are_not_set(blank: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in VARIABLES.values():
        monkeypatch.delenv(variable, raising=False)
    without = ArgumentSpecValidator(SHARED_OPTIONS).validate({})
    for variable in VARIABLES.values():
        monkeypatch.setenv(variable, blank)
    found = ArgumentSpecValidator(SHARED_OPTIONS).validate({})
    assert not found.error_messages
    assert found.validated_parameters == without.validated_parameters


def test_variables_are_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RC_ON_STORE_LOSS", "fail")
    assert ArgumentSpecValidator(SHARED_OPTIONS).validate({}).validated_parameters["on_store_loss"] == "fail"


def test_a_user_without_a_home_has_a_state_directory(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """As in a container that runs with any user id."""

    def unknown(uid: int) -> pwd.struct_passwd:
        raise KeyError(uid)

    for variable in ("HOME", "XDG_STATE_HOME"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setattr(pwd, "getpwuid", unknown)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    assert own_directory(None, pytest.fail) == tmp_path / f"itops.ringcentral-{os.geteuid()}"
    assert os.listdir(tmp_path) == [f"itops.ringcentral-{os.geteuid()}"]
