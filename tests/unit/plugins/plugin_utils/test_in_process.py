# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the one action makes of a task, with work that sends nothing."""

from __future__ import annotations

import json
import os
import re
import signal
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import yaml
from ansible.errors import AnsibleError
from ansible.utils.display import Display

from ansible_collections.itops.ringcentral.plugins.module_utils._engine._run.context import Context, Result
from ansible_collections.itops.ringcentral.plugins.module_utils._module import (
    MASKED,
    Spec,
    masked,
    secrets_in,
    secrets_of,
)
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.errors import Stopped
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.stop import Stop
from ansible_collections.itops.ringcentral.plugins.plugin_utils import _in_process
from ansible_collections.itops.ringcentral.plugins.plugin_utils._in_process import ModuleAction

Json = dict[str, Any]
COLLECTION = "itops.ringcentral"
OPTIONS: Json = {
    "name": {"type": "str", "aliases": ["title"], "deprecated_aliases": []},
    "users": {
        "type": "list",
        "elements": "dict",
        "options": {"email": {"type": "str"}, "password": {"type": "str", "no_log": True}, "label": {"type": "str"}},
    },
    "old": {"type": "str", "removed_in_version": "9.0.0", "removed_from_collection": COLLECTION},
}
OPTIONS["name"]["deprecated_aliases"] = [{"name": "title", "version": "9.0.0", "collection_name": COLLECTION}]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> Callable[..., Json]:
    """Runs a task whose module does this work."""

    def run(arguments: Json, work: Callable[[Context], Result] = lambda _context: Result({}), **variables: Any) -> Json:
        def do(context: Context, _options: Mapping[str, Any]) -> Result:
            return work(context)

        task = SimpleNamespace(args=arguments, check_mode=False, timeout=7, async_val=0, environment=[], no_log=False)
        task.get_name = lambda: "a task"
        task.get_ds = lambda: {"itops.ringcentral.rc_any": arguments}
        action = ModuleAction(task, None, None, None, None, None)
        monkeypatch.setattr(action, "_may_run_here", lambda _variables: True)
        monkeypatch.setattr(action, "_module_name", lambda: "itops.ringcentral.rc_any")
        monkeypatch.setattr(_in_process, "spec_of", lambda _name: Spec(do, OPTIONS))
        return action.run(task_vars=variables)

    for name in ("RC_USER_JWT", "RC_APP_CLIENT_ID", "RC_APP_CLIENT_SECRET"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("RC_ACCESS_TOKEN", "canary-token")
    monkeypatch.setenv("RC_STATE_DIR", str(tmp_path / "state"))
    return run


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Deprecations that Ansible shows itself."""
    found: list[str] = []
    monkeypatch.setattr(Display, "deprecated", lambda _self, msg, *_more, **_options: found.append(msg))
    return found


@pytest.mark.parametrize(
    ("argument", "text"), [("old", "Param 'old' is deprecated"), ("title", "Alias 'title' is dep")]
)
def test_deprecations_are_reported_once(run: Callable[..., Json], shown: list[str], argument: str, text: str) -> None:
    for _item in range(2):  # all items of a loop run in one process
        shown.clear()
        result = run({argument: "x"})
        [told] = shown + [item["msg"] for item in result.get("deprecations", [])]
        assert told.startswith(text)


def test_the_invocation_is_that_of_a_module(run: Callable[..., Json], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_in_process, "_wants_invocation", lambda _variables: True)
    users = [{"email": "kim@example.com", "password": "canary-password"}]
    for more in ({}, {"no_such": 1}):
        result = run({"name": "Kim", "users": users, **more})
        given = result["invocation"]["module_args"]
        assert bool(result.get("failed")) == bool(more)
        assert (given["name"], given["budget_share"], given["old"]) == ("Kim", 100, None)
        assert given["access_token"] == "VALUE_SPECIFIED_IN_NO_LOG_PARAMETER"
        assert set(given["users"][0]) == {"email", "password"}
        assert "canary" not in json.dumps(result)


def test_since_core_2_21_the_invocation_is_for_who_asks_for_it(run: Callable[..., Json]) -> None:
    if _in_process._wants_invocation({}):
        assert "invocation" in run({})
    else:
        assert "invocation" not in run({})
        assert "invocation" in run({}, ansible_inject_invocation=True)


class TimeoutOfTheTask(BaseException):
    """As ansible-core raises it."""


@pytest.fixture
def alarm() -> Any:
    """A handler as ansible-core sets it for a task's timeout."""

    def on_alarm(_number: int, _frame: Any) -> None:
        raise TimeoutOfTheTask

    before = signal.signal(signal.SIGALRM, on_alarm)
    yield on_alarm
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


@pytest.mark.parametrize("written", [0, 2])
def test_a_timeout_ends_the_work(run: Callable[..., Json], alarm: Any, written: int) -> None:
    waiting: list[threading.Thread] = []

    def work(context: Context) -> Result:
        context.client.usage.written = written
        waiting.append(threading.Thread(target=lambda: pytest.raises(Exception, context.client.pause, 3600)))
        waiting[0].start()
        signal.raise_signal(signal.SIGALRM)
        context.client.pause(3600)
        raise AssertionError("it continued")

    result = run({}, work)
    waiting[0].join(10)
    assert not waiting[0].is_alive()
    assert result["failed"]
    assert result["changed"] == bool(written)
    done = "2 requests that change the account were carried out before" if written else "nothing was changed"
    assert result["msg"].startswith(f"Timed out after 7 second(s): {done}")
    assert result["timedout"] == {"period": 7}
    assert signal.getsignal(signal.SIGALRM) is alarm
    assert signal.alarm(0) == 0


def test_what_was_known_when_the_time_was_over_is_returned(run: Callable[..., Json], alarm: Any) -> None:
    def work(_context: Context) -> Result:
        signal.raise_signal(signal.SIGALRM)
        return Result({"records": [1, 2]}, changed=True, failure="1 of 2 was skipped.")

    result = run({}, work)
    assert result["failed"]
    assert result["changed"]
    assert result["records"] == [1, 2]
    assert result["msg"].endswith("1 of 2 was skipped.")


def test_what_does_not_end_by_itself_ansible_ends(run: Callable[..., Json], alarm: Any) -> None:
    def work(_context: Context) -> Result:
        signal.raise_signal(signal.SIGALRM)
        assert signal.getsignal(signal.SIGALRM) is alarm
        assert 0 < signal.alarm(0) <= 61  # the default of request_timeout, and one
        signal.raise_signal(signal.SIGALRM)
        raise AssertionError("it continued")

    with pytest.raises(TimeoutOfTheTask):
        run({}, work)


@pytest.fixture
def ended() -> Iterator[list[int]]:
    """The signals that this process would have been ended by."""
    found: list[int] = []
    numbers = (signal.SIGINT, signal.SIGTERM)
    before = {number: signal.signal(number, lambda number, _frame: found.append(number)) for number in numbers}
    yield found
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_the_work_first_and_leaves_a_report(
    run: Callable[..., Json], ended: list[int], tmp_path: Path, number: int
) -> None:
    journal = tmp_path / "onboarding-journal.jsonl"

    def work(context: Context) -> Result:
        context.client.usage.count_write(clear=True)
        signal.raise_signal(number)
        if number == signal.SIGINT:
            signal.raise_signal(signal.SIGTERM)  # as Ansible sends it five seconds after Ctrl-C
        with pytest.raises(Stopped):
            context.client.pause(3600)
        assert not ended
        record = {"label": "Kim canary-token", "email": "kim@example.com", "action": "created", "status": "ok"}
        return Result({"records": [record]}, changed=True, failure="1 of 2 was skipped.")

    OPTIONS["journal"] = {"type": "path"}
    try:
        run({"journal": str(journal)}, work)
    finally:
        del OPTIONS["journal"]
    assert ended == [number]
    assert signal.alarm(0) == 0
    report = json.loads((tmp_path / "onboarding-report.json").read_text())
    word = "Interrupted" if number == signal.SIGINT else "Terminated"
    assert f"a task. {word}: 1 request that changes the account was carried out before" in report["asked"]
    assert report["counts"]["created"] == 1
    texts = [(tmp_path / f"onboarding-report.{form}").read_text() for form in ("json", "csv", "html")]
    assert all("kim@example.com" in text and "canary" not in text for text in texts)


def test_a_second_interrupt_ends_at_once(run: Callable[..., Json]) -> None:
    def work(_context: Context) -> Result:
        signal.raise_signal(signal.SIGINT)
        signal.raise_signal(signal.SIGINT)
        raise AssertionError("it continued")

    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with pytest.raises(KeyboardInterrupt):
            run({}, work)
    finally:
        signal.signal(signal.SIGINT, before)


def test_what_a_signal_can_not_end_is_ended(run: Callable[..., Json], ended: list[int]) -> None:
    def work(_context: Context) -> Result:
        signal.raise_signal(signal.SIGTERM)
        assert 0 < signal.alarm(0) <= 61  # the default of request_timeout, and one
        signal.raise_signal(signal.SIGALRM)
        assert ended == [signal.SIGTERM]
        return Result({})

    run({}, work)


def test_no_work_goes_on_when_ansible_has_ended(
    run: Callable[..., Json], ended: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    def work(context: Context) -> Result:
        monkeypatch.setattr(os, "getppid", lambda: 1)
        context.client.pause(3600)
        raise AssertionError("it continued")

    run({}, work)
    assert ended == [signal.SIGTERM]


def test_a_thread_that_is_not_the_first_leaves_signals_alone(run: Callable[..., Json]) -> None:
    found: list[Json] = []
    thread = threading.Thread(target=lambda: found.append(run({})))
    thread.start()
    thread.join()
    assert not found[0].get("failed")


@pytest.mark.parametrize(
    ("name", "value", "moved"),
    [
        ("journal", "users.jsonl", True),
        ("journal", "../logs/users.jsonl", True),
        ("approved_plan", "plan.json", True),
        ("journal", "/var/log/users.jsonl", False),
        ("journal", "~/users.jsonl", False),
        ("journal", "$HOME/users.jsonl", False),
        ("journal", "", False),
        ("journal", None, False),
        ("approved_plan", {"id": "x"}, False),
        ("approved_plan", ' {"id": "x"}', False),
        ("name", "users.jsonl", False),
    ],
)
def test_relative_paths_begin_at_the_current_directory_in_any_process(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str, value: Any, moved: bool
) -> None:
    monkeypatch.chdir(tmp_path)
    options = {"journal": {"type": "path"}, "approved_plan": {"type": "raw"}, "name": {"type": "str"}}
    spec = Spec(lambda _context, _options: Result({}), options)
    expected = str(tmp_path / value) if moved else value
    assert _in_process.from_current_directory({name: value}, spec) == {name: expected}


def test_waiting_takes_as_long_as_it_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []
    monkeypatch.setattr(time, "sleep", slept.append)
    Stop().wait(60.1)
    assert sum(slept) == pytest.approx(60.1)
    Stop().wait(0)


def test_a_module_of_somebody_else_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    found = SimpleNamespace(resolved_fqcn="ansible.builtin.ping")
    monkeypatch.setattr(_in_process.module_loader, "find_plugin_with_context", lambda *_names, **_options: found)
    action = ModuleAction(SimpleNamespace(action="ping", collections=[], async_val=0), None, None, None, None, None)
    with pytest.raises(AnsibleError, match="ping is not a module of itops.ringcentral"):
        action._module_name()


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("canary", MASKED),
        ("a canary sings, and canary-2 too", "a ******** sings, and ******** too"),
        (4711, MASKED),
        (147110, MASKED),
        (12, 12),
        (True, True),
        (None, None),
        ({"canary": ["canary", ("x", 1.5)]}, {"canary": [MASKED, ["x", 1.5]]}),
    ],
)
def test_masked(value: Any, expected: Any) -> None:
    assert masked(value, {"canary", "canary-2", "4711"}) == expected


@pytest.mark.parametrize("role", ["onboard_users", "offboard_users", "scim_sync"])
def test_what_a_role_computes_is_named_by_its_own_variable(role: str) -> None:
    root = Path(__file__).resolve().parents[4] / "roles" / role
    variables = set(re.findall(r"^      (\w+):$", (root / "meta/argument_specs.yml").read_text(), re.MULTILINE))
    computed = 0
    for file in (root / "tasks").glob("*.yml"):
        for task in (task for task in yaml.safe_load(file.read_text()) for task in [task, *task.get("block", [])]):
            arguments = (
                next((value for key, value in task.items() if key.startswith("itops.ringcentral.rc_")), None) or {}
            )
            for option in _in_process._COMPUTED & {*arguments}:
                result = {"msg": f"{option} is wrong", "error": {"parameter": option, "hint": f"Set {option}."}}
                _in_process.name_variables(result, arguments, True)
                assert result["msg"].split()[0] in variables, file
                assert result["error"]["parameter"] in variables
                assert result["error"]["hint"][4:-1] in variables
                computed += 1
    assert computed


WRITTEN = {
    "limits": "{{ offboard_users_limits }}",
    "check_licenses": "{{ 'yes' if onboard_users_check_licenses | bool else 'no' }}",
    "users": "{{ offboard_users_due.users }}",
    "defaults": {"roles": "{{ [onboard_users_default_role] if onboard_users_default_role else [] }}", "site": "London"},
    "mark_key": "{{ item.old_mark_key }}",
    "on_drift": "{{ a_on_drift or b_on_drift }}",
}


@pytest.mark.parametrize(
    ("parameter", "in_own_role", "expected"),
    [
        ("limits.max_deletions", True, "offboard_users_limits.max_deletions"),
        ("limits.max_deletions", False, "limits.max_deletions"),
        ("check_licenses", True, "onboard_users_check_licenses"),
        ("users[3].roles", True, "users[3].roles"),
        ("defaults.roles", True, "onboard_users_default_role"),
        ("defaults.site", True, "defaults.site"),
        ("on_drift", True, "on_drift"),
        ("mark_key", True, "mark_key"),
        (None, True, None),
    ],
)
def test_the_parameter_of_an_error_is_the_role_s_variable(
    parameter: "str | None", in_own_role: bool, expected: "str | None"
) -> None:
    result = {"error": {"parameter": parameter}}
    _in_process.name_variables(result, WRITTEN, in_own_role)
    assert result == {"error": {"parameter": expected}}


def test_errors_of_records_name_variables() -> None:
    result = {"records": [{"errors": [{"message": "Set limits: {max_deletions: 2}."}]}, {"errors": []}, {}]}
    _in_process.name_variables(result, WRITTEN, False)
    assert result["records"][0] == {"errors": [{"message": "Set offboard_users_limits: {max_deletions: 2}."}]}


def test_short_secrets_are_masked_under_their_names_only() -> None:
    secrets = {"a", "12", "abc", "pass"}
    shown = {
        "kind": "invalid_input",
        "n": 12,
        "msg": "abc is a part of 1234",
        "password": "abc",
        "users": [{"ivr_pin": 12}],
    }
    assert masked(shown, secrets) == {**shown, "password": MASKED, "users": [{"ivr_pin": MASKED}]}
    assert masked("it has pass", secrets) == "it has ********"


@pytest.mark.parametrize(("no_log", "found"), [(False, set()), (True, {"whole text"})])
def test_a_list_given_as_text_is_a_secret_where_it_may_have_one(no_log: bool, found: set[str]) -> None:
    options = {"entries": {"type": "list", "elements": "dict", "options": {"key": {"type": "str", "no_log": no_log}}}}
    assert secrets_in(options, {"entries": ["whole text"]}) == found


def test_every_secret_of_a_task_is_known() -> None:
    inner = {"deep": {"type": "list", "elements": "dict", "options": {"key": {"type": "str", "no_log": True}}}}
    spec = Spec(lambda _context, _options: Result({}), {**OPTIONS, **inner, "pin": {"no_log": True, "aliases": ["p"]}})
    values = {
        "jwt": "a",
        "store_url": "b",
        "deep": [{"key": "c"}, "nothing"],
        "p": 5,
        "pin": None,
        "passwrd": "d",
        "no_such": "e",
    }
    assert secrets_of(spec, values) == {"a", "b", "c", "nothing", "5", "d"}
    assert secrets_of(spec, {"no_such": "fine", "deep": 1}) == set()
    assert secrets_of(spec, {"deep": "key=f"}) == {"key=f"}


@pytest.mark.parametrize(
    ("no_log", "shown"),
    [(False, ["  Create and update users:", "    2 people: 2 to create.", "    1 of 2 users processed"]), (True, [])],
)
def test_a_task_is_named_once_above_its_progress(
    monkeypatch: pytest.MonkeyPatch, no_log: bool, shown: list[str]
) -> None:
    lines: list[str] = []
    monkeypatch.setattr(Display, "display", lambda _self, msg, *_more, **_options: lines.append(msg))
    name = "itops.ringcentral.onboard_users : Create and update users"
    task = SimpleNamespace(get_name=lambda: name, no_log=no_log)
    action = ModuleAction(task, None, None, None, None, None)
    for text in ("2 people: 2 to create.", "1 of 2 users processed"):
        action._show(text)
    assert lines == shown
