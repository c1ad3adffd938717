# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every example of the modules, plugins and guides is run, in the order of its page.

Tasks are played, in check mode and then really; plays, too; commands are run as they are written; files are there under their
names. The people and variables that examples take for granted are in examples.yml. A block of a guide is

- commands, when its language is a shell's;
- the file that its first comment or the line before it names (`# settings.yml`, "`account.yml`:"), or, when it is a list of
  people, the file that is named before it (`people_file=people.csv`);
- a part of the inventory file, when its keys are options of the inventory plugin;
- what the page's commands print, when it is other text; numbers may differ, and what is in <> or quotes;
- or else tasks, or plays.
"""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from ansible_collections.itops.ringcentral.tests.support.playbooks import Controller
from ansible_collections.itops.ringcentral.tests.support.scenarios import FILES
from ansible_collections.itops.ringcentral.tests.support.server import ROOT, Sandbox, writes
from ansible_collections.itops.ringcentral.tests.support.webhook import Hook

from .test_eda import Rulebook, _free_port, _rest, _subscribe

GUIDES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("roles/*/README.md")])
PLUGINS = sorted(
    path
    for kind in ("modules/rc_*", "lookup/*", "inventory/*")
    for path in ROOT.glob(f"plugins/{kind}.py")
    if path.stem != "internal"
)
FILTERS = {path.stem: path for path in ROOT.glob("plugins/filter/[!_]*.yml")}
GIVEN: dict[str, Any] = yaml.safe_load((ROOT / "tests/integration/examples.yml").read_text(encoding="utf-8"))

# How a block, or a line of commands, begins that is not run here, and why.
NOT_RUN = {
    "ansible-builder build": "needs a container engine; test_awx.py creates what would be built",
    "collections:": "is for the line above",
    "pip download": "needs an index of packages",
    "ansible-galaxy collection download": "needs Galaxy",
    "ansible-galaxy collection install": "needs Galaxy; tools/release_check.py installs what would be published",
    "ansible-playbook -i inventory ringcentral.yml -e people_file=people.csv --ask-vault-pass": "test_adopting.py",
    "ansible-vault create": "asks a person",
    "TASK [Write the patched file]": "shows a file of somebody else; test_export_drift.py patches one",
    "ansible-vault encrypt group_vars/all/vault.yml": "test_adopting.py",
    "cp vault.example.yml": "test_adopting.py",
    "ansible-playbook itops.ringcentral.rotate_scim_token": "needs a vault; test_scim_sync.py runs it with a stub",
    "read -rs": "asks a person; is for the line below",
    "module_defaults:\n  group/itops.ringcentral.ringcentral:\n    store_url": "needs Redis; unit/transport tests it",
    "ansible-playbook itops.ringcentral.awx_setup": "needs a controller; test_awx.py runs it against a stub",
    "export CONTROLLER_": "is for the line below",
    "export RC_": "names an account; these tests name the sandbox in the same variables",
    ". .": "the tests have all of that in their environment",
    "git ": "changes a repository",
    "curl -X POST $RC_SERVER_URL/_sandbox": "makes requests of other examples fail",
    "pip install": "changes this environment",
    "make ": "takes minutes, or continues until it is ended",
    ".venv/bin/ansible-galaxy collection publish": "publishes",
    "17 6 * * *": "is for cron; the command is the one above",
    "/home/ops/people.yml is written.": "is printed; test_export_drift.py",
    "Missing: in the file": "is printed; test_export_drift.py",
    "Not compared, because": "is printed; test_export_drift.py",
    "7 problems in bad.csv": "is printed; unit/people/test_people.py",
    "First name,Last name,Email,Site,Direct number,Queues": "needs numbers and queues; test_onboarding.py plays such a list",
    "First name,Last name,Email,Device,Direct number": "needs locations; test_onboarding.py plays such a list",
    "Licences: 25 needed": "is printed; unit/people/test_onboarding.py",
    "Line  Name": "is printed; test_onboarding.py",
    "fail    Dana Silva": "is printed; unit tests of same_names.py",
    "Keep the directory…: re-created": "is printed; test_subscriptions.py",
    "A trial with one test user": "is printed; test_check_account.py",
    "A first look at the account": "is printed; test_check_account.py",
    "ringcentral:\n  uuid": "is what a rule sees; unit/eda/test_events.py compares",
}

_FENCE = re.compile(r"^( *)```(\w*)\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)
_EXAMPLES = re.compile(r'^EXAMPLES = r"""\n(.*?)^"""$', re.MULTILINE | re.DOTALL)
_NAMED = re.compile(r"\A# ([\w.]+\.yml)\b")
_NAMED_BEFORE = re.compile(r"`([\w.]+\.yml)`:\s*\Z")
_LIST_NAMED_BEFORE = re.compile(r"(?:people|leavers)_file[=:] ?(\S+)")
_INVENTORY = "ringcentral.yml"
# How variables of roles and playbooks begin, that a guide shows by themselves.
_VARIABLE = re.compile(r"(onboard_users|offboard_users|scim_sync|event_subscriptions|drift|people|leavers)_")
_SPELLED = "".join(
    path.read_text(encoding="utf-8")
    for place in ("roles/*/meta/argument_specs.yml", "playbooks/*.yml", "playbooks/*/*.yml", "examples/recipes/*.yml")
    for path in ROOT.glob(place)
)


def _why_not(text: str) -> str | None:
    return next((why for start, why in NOT_RUN.items() if text.startswith(start)), None)


@dataclass(frozen=True)
class Block:
    """A fenced block; `before` is the page up to it."""

    language: str
    text: str
    before: str

    @property
    def content(self) -> Any:
        return yaml.safe_load(self.text) if self.language == "yaml" else None

    @property
    def commands(self) -> list[str]:
        if self.language not in ("console", "sh", "shell"):
            return []
        lines = self.text.replace("\\\n", " ").splitlines()
        return [line.strip().removeprefix("$ ").partition("  #")[0] for line in lines]

    @property
    def file(self) -> str | None:
        """The name of the file that it is."""
        if self.language == "ini":
            return "ansible.cfg"
        if self.language == "yaml":
            found = _NAMED.search(self.text) or _NAMED_BEFORE.search(self.before)
            return found[1] if found else None
        if self.language == "text" and re.match(r".*\bE-mail,", self.text):
            return _LIST_NAMED_BEFORE.findall(self.before)[-1]
        return None


@cache
def _blocks(page: Path) -> list[Block]:
    text = page.read_text(encoding="utf-8")
    if page.suffix == ".py":
        return [Block("yaml", found[1], "") for found in _EXAMPLES.finditer(text)]
    found = list(_FENCE.finditer(text))
    assert 2 * len(found) == text.count("```"), f"{page.name}: a fence is not closed"
    return [Block(one[2], re.sub(rf"^{one[1]}", "", one[3], flags=re.MULTILINE), text[: one.start()]) for one in found]


# What the pages at the top repeat of the guides is run there.
_GUIDED = {command for page in GUIDES if page.parent != ROOT for block in _blocks(page) for command in block.commands}


def _check_names(variables: Iterable[str]) -> None:
    """A variable that nothing knows would go unnoticed."""
    unknown = [name for name in variables if not re.search(rf"\b{name}\b", _SPELLED)]
    assert not unknown, f"no role or playbook knows {unknown}"


class Desk:
    """A directory in which an administrator works, with the examples and all files of the guides."""

    def __init__(self, controller: Controller, sandbox: Sandbox, hook: Hook, page: Path) -> None:
        self._controller, self._sandbox, self._page = controller, sandbox, str(page.relative_to(ROOT))
        self._instead = {
            "https://platform.ringcentral.com": sandbox.url,
            "https://hooks.example.com/ringcentral": hook.address,
            "/run/": f"{controller.directory}/run/",
            "/var/": f"{controller.directory}/var/",
        }
        self._here = controller.directory
        self.printed = self.asked = ""
        shutil.copytree(ROOT / "examples", self._here / "examples")
        for file in (*ROOT.glob("examples/*.yml"), *ROOT.glob("examples/**/*.csv")):
            self.write(file.name, file.read_text(encoding="utf-8"))
        for other in (*GUIDES, page):
            for block in _blocks(other) if other.is_file() else ():
                if block.file:
                    self.write(block.file, block.text)
        for place in ("group_vars", "run/secrets", "var/log/ringcentral", "var/lib/ringcentral", "badges"):
            (self._here / place).mkdir(parents=True)
        shutil.copy(FILES / "red.png", self._here / "badges/E1042.jpg")
        (self._here / "inventory").write_text(
            "localhost ansible_connection=local ansible_python_interpreter='{{ ansible_playbook_python }}'\n"
        )
        self.write("group_vars/all.yml", yaml.safe_dump({**GIVEN["variables"], **self._given("variables", {})}))
        for name, content in self._given("files", {}).items():
            self.write(name, yaml.safe_dump(content))
        self._seed()

    def _given(self, what: str, otherwise: Any) -> Any:
        return GIVEN["pages"].get(self._page, {}).get(what, otherwise)

    def _seed(self) -> None:
        self._sandbox.reset(**{"time_scale": 600, "users": 20, "queues": 3, **self._given("sandbox", {})})
        (self._here / "run/secrets/ringcentral_client_secret").write_text(
            self._sandbox.environment["RC_APP_CLIENT_SECRET"]
        )
        (self._here / "run/secrets/ringcentral_jwt").write_text(self._sandbox.environment["RC_USER_JWT"])
        only = self._given("people", None)
        people = [person for person in GIVEN["people"] if only is None or person["contact"]["email"] in only]
        users = [record["id"] for record in self._sandbox.extensions() if record["type"] == "User"][1:]
        for key, person in zip(users, people, strict=False):
            self._sandbox.door("PATCH", f"extensions/{key}", person)

    def _ours(self, text: str) -> str:
        for place, ours in self._instead.items():
            text = text.replace(place, ours)
        return text

    def write(self, name: str, text: str) -> None:
        (self._here / name).write_text(self._ours(text), encoding="utf-8")

    def tasks(self, tasks: list[dict[str, Any]], **play: Any) -> None:
        """Play tasks, those of modules in check mode first."""
        twice: list[dict[str, Any]] = []
        for task in tasks:
            if "check_mode" not in task and any(key.startswith("itops.ringcentral.rc_") for key in task):
                twice.append({**task, "name": f"check: {task['name']}", "check_mode": True})
            twice.append(task)
        self.write("tasks.yml", yaml.safe_dump([{**self._controller.localhost(twice), **play}]))
        self.playbook("tasks.yml")

    def playbook(self, *arguments: str) -> None:
        self.asked += " ".join(arguments)
        more = {"RC_WEBHOOK_TOKEN": "a-token-of-good-length", "ANSIBLE_INVENTORY": str(self._here / "inventory")}
        played = self._controller.play(self._sandbox, *arguments, **more)
        assert played.code == 0, f"{arguments}:\n{played.output}"
        for row in played.rows:
            if "--check" in arguments or row["task"].startswith("check: "):
                wrote = writes(row["requests"])
                assert not wrote, f"check mode sent {wrote}:\n{played.output}"
        self.printed += played.output

    def plays(self, text: str) -> None:
        self.asked += text
        self.write("plays.yml", text)
        for play in yaml.safe_load(text):
            for role in play.get("roles", ()):
                _check_names(role.get("vars", role.keys() - {"role"}))
        self.playbook("plays.yml", *(() if "hosts: localhost" in text else ("-i", _INVENTORY)))

    def inventory(self, *arguments: str) -> None:
        self.asked += " ".join(arguments)
        environment = self._controller.environment(self._sandbox, ANSIBLE_INVENTORY_ANY_UNPARSED_IS_FAILED="true")
        command = ["ansible-inventory", *arguments]
        done = subprocess.run(command, cwd=self._here, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0 and not done.stderr, done.stderr
        self.printed += done.stdout

    def ad_hoc(self, *arguments: str) -> None:
        self.asked += " ".join(arguments)
        environment = self._controller.environment(self._sandbox)
        command = ["ansible", *arguments]
        done = subprocess.run(command, cwd=self._here, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        self.printed += done.stdout

    def rulebook(self, *arguments: str) -> None:
        """Start it, and see it connected; what rulebooks do is in test_eda.py."""
        self.asked += " ".join(arguments)
        if shutil.which("java"):
            settings = yaml.safe_load((self._here / "settings.yml").read_text())
            assert arguments[0] == "-r" and arguments[2:] == ("-i", "inventory", "--vars", "settings.yml")
            rulebook = Rulebook(self._controller, self._sandbox, arguments[1], settings)
            try:
                rulebook.until(lambda: rulebook.says("Connected to RingCentral"))
            finally:
                rulebook.end()

    def run(self, command: str) -> None:
        program, *arguments = shlex.split(self._ours(command))
        arguments = [argument for argument in arguments if argument != "--ask-vault-pass"]  # nothing is encrypted here
        if program == "ansible-playbook":
            for option, value in pairwise(arguments):
                if option == "-e" and not value.startswith("@"):
                    _check_names(json.loads(value) if value.startswith("{") else [value.partition("=")[0]])
            self.playbook(*arguments)
        elif program == "ansible":
            self.ad_hoc(*arguments)
        elif program == "ansible-inventory":
            self.inventory(*arguments)
        elif program == "ansible-rulebook":
            self.rulebook(*arguments)
        else:
            raise AssertionError(f"Nothing here runs `{command}`: teach it, or say in NOT_RUN why not")


def _play(desk: Desk, page: Path) -> None:
    inventory, files, printed = "", [], []
    for block in _blocks(page):
        content = block.content
        if block.commands:
            for command in block.commands:
                if not _why_not(command) and not (page.parent == ROOT and command in _GUIDED):
                    desk.run(command)
        elif _why_not(block.text):
            continue
        elif isinstance(content, dict) and all(_VARIABLE.match(name) for name in content):
            _check_names(content)
        elif block.file == _INVENTORY or (
            isinstance(content, dict) and not block.file and "module_defaults" not in content
        ):
            inventory += block.text
            desk.write(_INVENTORY, inventory)
            desk.inventory("-i", _INVENTORY, "--list")
        elif block.file:
            files.append(block.file)
        elif isinstance(content, list):
            if "hosts" in content[0]:
                desk.plays(block.text)
            else:
                desk.tasks(content)
        elif isinstance(content, dict) and "module_defaults" in content:
            desk.tasks([{"name": "Read", "itops.ringcentral.rc_account_info": {}}], **content)
        else:
            printed.append(block.text)
    for file in files:
        assert file in desk.asked or file == "ansible.cfg", f"nothing on {page.name} uses {file}"
    shapes = {_shape(line) for line in desk.printed.splitlines()}
    for text in printed:
        missing = [line for line in text.splitlines() if _shape(line) not in shapes]
        assert not missing, f"{page.name} shows lines that were not printed: {missing}\n{desk.printed}"


def _shape(line: str) -> str:
    return re.sub(r"<.*?>|'.*?'|\d+", "…", line.strip().strip('"'))


@pytest.mark.parametrize(
    "page", [*PLUGINS, *(page for page in GUIDES if _blocks(page))], ids=lambda page: str(page.relative_to(ROOT))
)
def test_examples_of(page: Path, platform: Sandbox, controller: Controller, hook: Hook) -> None:
    blocks = _blocks(page)
    assert blocks
    if page in PLUGINS:
        name = "itops.ringcentral." + page.stem
        assert name in blocks[0].text, f"{name} has no example of itself"
    _play(Desk(controller, platform, hook, page), page)


def test_examples_of_filters(platform: Sandbox, controller: Controller, hook: Hook) -> None:
    wanted, tasks = set(FILTERS), []
    for step in GIVEN["filters"]:
        if name := step.pop("example", None):
            wanted.remove(name)
            examples = yaml.safe_load(yaml.safe_load(FILTERS[name].read_text(encoding="utf-8"))["EXAMPLES"])
            assert f"itops.ringcentral.{name}" in str(examples), f"{name} has no example of itself"
            tasks += [{**example, **step} for example in examples]
        else:
            tasks.append({"name": "between", **step})
    assert not wanted, f"filters whose examples are not run: {wanted}"
    Desk(controller, platform, hook, ROOT / "plugins/filter").tasks(tasks)


@pytest.mark.skipif(not shutil.which("java"), reason="ansible-rulebook needs Java 17, and there is none here")
@pytest.mark.parametrize("source", ["webhook", "websocket"])
def test_examples_of_event_sources(source: str, platform: Sandbox, controller: Controller) -> None:
    platform.reset(time_scale=60, users=3)
    page, port = ROOT / f"extensions/eda/plugins/event_source/{source}.py", _free_port()
    (controller.directory / "example.yml").write_text(_blocks(page)[0].text.replace("5005", str(port)))
    rulebook = Rulebook(controller, platform, "example.yml", {})
    try:
        if source == "webhook":
            rulebook.until(lambda: rulebook.says("Waiting for RingCentral's calls"))
            _subscribe(platform, port, ["/restapi/v1.0/account/~/extension"])
            contact = {"firstName": "Nina", "lastName": "New", "email": "nina@example.com"}
            made = _rest(platform, "POST", "/restapi/v1.0/account/~/extension", {"type": "User", "contact": contact})
            rulebook.until(lambda: rulebook.says(f"Extension {made['id']} is new."))
        else:
            # Who was suspended before the first list is no news.
            rulebook.until(lambda: any(row["operation"] == "listExtensions" for row in platform.requests()))
            rulebook.until(lambda: rulebook.says("Connected to RingCentral"))
            user = platform.extension("user0002@example.com") or {}
            platform.door("PATCH", f"extensions/{user['id']}", {"status": "Disabled"})
            rulebook.until(lambda: rulebook.says(f"{user['name']} was suspended."))
    finally:
        rulebook.end()


def test_what_is_not_run_is_there() -> None:
    every = [block for page in GUIDES for block in _blocks(page)]
    starts = [line for block in every for line in (block.text, *block.commands)]
    unused = [start for start in NOT_RUN if not any(line.startswith(start) for line in starts)]
    assert not unused, f"take out of NOT_RUN what no guide has: {unused}"
