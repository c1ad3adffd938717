# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Brings 250 people into a RingCentral sandbox, offboards three of them, and deletes one by an approved plan, step by step: `make demo`."""

from __future__ import annotations

import csv
import difflib
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import textwrap
import time
import urllib.request
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
BIN = ROOT / ".venv/bin"
PLACE = Path("reports/demo")
PEOPLE = PLACE / "new-hires.csv"
SPEED = 120
COUNT = 250
PROFILES = "examples/profiles.yml"
# Which of the profiles the people of a site get.
OFFICES = {"London": "London office", "Main Site": "Headquarters", "Zürich": "Zürich office"}
LEAVERS = ("liam.murphy@example.com", "aisha.khan@example.com", "soren.odegard@example.com")
SUCCESSOR = "zoe.obrien-nguyen@example.com"
WRITES = ("POST", "PUT", "PATCH", "DELETE")
COLOUR = re.compile(r"\x1b\[[\d;]*m")
TASK = re.compile(r"TASK \[(?:[\w.]+ : )?(.*)\]")
# What a task says while it runs, on stderr, below its name: before its own head, where Ansible is not to show tasks that
# are skipped.
RUNNING, PROGRESS = re.compile(r"  ([A-Z].*):"), re.compile(r"    (.*)")
QUIET = re.compile(
    r"ok: \[localhost\]( =>( \(item=.*\))?)?|included: .*|PLAY \[.*|msg: (\|-|'The report: .*)"
    r"|localhost +: ok=\d+ +changed=[1-9].* failed=0 .*"
)
READING, PLAN, RESULT = "Show how the list was read", "Show the plan", "Show the result"
# Lines that are longer than this are advice.
ADVICE = 120


class Unexpected(Exception):
    """Something did not come out as the story says."""


class Sandbox:
    """The RingCentral of the story. It always ends with this program."""

    def __init__(self, environment: Path, program: Path = Path("tests/sandbox")) -> None:
        command = [sys.executable, str(program), "--port", "0", "--time-scale", str(SPEED), "--queues", "4"]
        command += ["--free-numbers", str(COUNT)]
        command += ["--env-file", str(environment), "--exit-with-parent"]
        self.command = " ".join([".venv/bin/python", *command[1:]])
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        assert self._process.stdout
        line = self._process.stdout.readline()
        found = re.search(r"http://\S+", line)
        if not found:
            self._process.kill()
            raise Unexpected(f"The sandbox did not start:\n{line}{self._process.stdout.read()}")
        self.url = found.group(0)
        pairs = re.findall(r"^export (\w+)='(.*)'$", environment.read_text(), re.MULTILINE)
        self.environment = dict(pairs)

    def ask(self, path: str) -> Any:
        with urllib.request.urlopen(f"{self.url}/_sandbox/{path}", timeout=30) as answer:
            return json.load(answer)

    def writes(self) -> int:
        """Requests so far that were meant to change something; a search only reads."""
        rows = self.ask("requests")["requests"]
        reads = ("/oauth/", "search")
        return sum(row["method"] in WRITES and not any(part in row["path"] for part in reads) for row in rows)

    def users(self) -> dict[str, dict[str, Any]]:
        """Everybody who is there, by e-mail address."""
        records = self.ask("extensions")["extensions"]
        return {(record.get("contact") or {}).get("email", "").casefold(): record for record in records}

    def numbers(self, email: str) -> set[str]:
        """Somebody's phone numbers."""
        owner = self.users()[email]["id"]
        return {item["phoneNumber"] for item in self.ask("numbers")["numbers"] if item["extension"] == owner}

    def end(self) -> None:
        self._process.terminate()
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            self._process.kill()


class Screen:
    """Shows what a playbook prints, shortened: tasks without their role, and none that only says `ok`.

    How a list was read, and advice, are shown once, not in every run. Where check mode shows a plan, the same table is not shown again.
    """

    def __init__(self, shown: set[str], reading: bool) -> None:
        """
        Args:
            shown: what earlier playbooks have shown; grows.
            reading: whether to show how a list was read.
        """
        self.lines: list[str] = []
        self._shown = shown
        self._reading = reading
        self._block: list[str] = []
        self._planned = False
        self._running, self._head = False, ""

    def add(self, line: str) -> None:
        text = COLOUR.sub("", line)
        running = RUNNING.fullmatch(text.rstrip("\n"))
        progress = PROGRESS.fullmatch(text.rstrip("\n")) if self._running else None
        if running:
            self.flush()
            self._running, self._head = True, f"    {running[1]}\n"
            return
        if progress:
            self._tell(progress[1])
            return
        self._running = False
        self.lines.append(line)
        if text.strip():
            self._block.append(line)
        else:  # a blank line stands between two tasks
            self.flush()

    def _tell(self, text: str) -> None:
        """What a task says while it runs, below its name; what was shown as the plan already is not shown again."""
        if text.strip() not in self._shown:
            print(f"{self._head}      {text}", flush=True)
            self._head = ""

    def flush(self) -> None:
        """Show the task that has ended, if it has something to say."""
        block, self._block = self._block, []
        head = TASK.match(COLOUR.sub("", block[0])) if block else None
        results = block[1:] if head else [line for line in block if "PLAY RECAP" not in line]
        results = [line for line in results if not self._is_quiet(COLOUR.sub("", line).strip())]
        if head and head.group(1) == READING and not self._reading:
            return
        if head and head.group(1) == RESULT and self._planned:
            results = []
            print(f"    {RESULT}")
        self._planned = self._planned or bool(head and head.group(1) == PLAN)
        self._shown.update(COLOUR.sub("", line).strip() for line in results)
        if head and results == ["changed: [localhost]\n"]:
            print(f"    {head.group(1)}: changed", flush=True)
            return
        if results and head:
            print(f"    {head.group(1)}")
        print("".join(f"      {line.removeprefix('        ')}" for line in results), end="", flush=True)

    def _is_quiet(self, text: str) -> bool:
        return bool(QUIET.fullmatch(text)) or (len(text) > ADVICE and text in self._shown)


class Story:
    """What is shown, and done, in order."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox
        self.waited = 0.0
        self._shown: set[str] = set()
        self._environment = {
            **{key: value for key, value in os.environ.items() if not key.startswith("RC_")},
            **sandbox.environment,
            "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}",
            "RC_STATE_DIR": str(ROOT / PLACE / "state"),
            "ANSIBLE_CONFIG": str(ROOT / "ansible.cfg"),
            "ANSIBLE_HOME": str(ROOT / ".venv/ansible"),
            "ANSIBLE_DISPLAY_SKIPPED_HOSTS": "false",
            "PYTHONUNBUFFERED": "1",
        }
        if sys.stdout.isatty() and "NO_COLOR" not in os.environ:
            self._environment["ANSIBLE_FORCE_COLOR"] = "true"

    def onboard(self, *arguments: str) -> str:
        """Bring in the people of the file."""
        where = f"onboard_users_report_dir={PLACE} onboard_users_plan_length=3"
        given = ("-e", f"people_file={PEOPLE}", "-e", f"@{PROFILES}", "-e", where)
        return self.play("itops.ringcentral.onboard", *given, *arguments)

    def offboard(self, playbook: str, *arguments: str) -> str:
        """A playbook of offboarding."""
        where = f"offboard_users_report_dir={PLACE} offboard_users_snapshot_dir={PLACE}/snapshots"
        return self.play(f"itops.ringcentral.{playbook}", "-e", where, *arguments)

    def play(self, *arguments: str) -> str:
        """Run a playbook as one would, showing what it says; returns that."""
        command = ["ansible-playbook", *arguments]
        typed(command)
        process = subprocess.Popen(
            [str(BIN / command[0]), *command[1:]],
            cwd=ROOT,
            env=self._environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
        )
        assert process.stdout
        screen = Screen(self._shown, reading="--check" in arguments and READING not in self._shown)
        self._shown.add(READING)
        try:
            for line in process.stdout:
                screen.add(line)
        finally:
            if process.poll() is None:
                process.terminate()
            code = process.wait()
            screen.flush()
        output = COLOUR.sub("", "".join(screen.lines))
        expect(code == 0, f"the playbook ended with exit code {code}")
        waited = re.search(r"([\d.]+) seconds waited for rate limits", output)
        self.waited += float(waited.group(1)) if waited else 0.0
        return output


def say(text: str) -> None:
    """A paragraph."""
    print()
    print(textwrap.fill(" ".join(text.split()), 100, break_on_hyphens=False), flush=True)


def step(title: str) -> None:
    print(f"\n\033[1m== {title}\033[0m" if sys.stdout.isatty() else f"\n== {title}", flush=True)


def typed(command: list[str]) -> None:
    print(f"\n  $ {shlex.join(command)}\n", flush=True)


def expect(true: bool, otherwise: str) -> None:
    if not true:
        raise Unexpected(otherwise)


def counts() -> dict[str, int]:
    """What the report of the last run says: how many were created, updated, unchanged, failed."""
    report = json.loads((ROOT / PLACE / "onboarding-report.json").read_text(encoding="utf-8"))
    return dict(report["counts"])


def read_people() -> list[dict[str, str]]:
    with open(ROOT / PEOPLE, encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def write_people() -> None:
    """The 25 people of the example, and others of the same company until there are enough."""
    with open("examples/new-hires.csv", encoding="utf-8-sig", newline="") as file:
        people = list(csv.DictReader(file))
    examples = len(people)
    for number in range(examples + 1, COUNT + 1):
        like, named = people[number % examples], people[number * 7 % examples]
        other = {"Employee ID": f"E{1000 + number}", "Last Name": named["Last Name"], "Ext.": str(2000 + number)}
        other.update({"E-mail": f"person{number}@example.com", "Work Phone": f"+44 20 7946 {1000 + number}"})
        people.append({**like, **other, "Mobile": ""})
    people = [{**person, "Profile": OFFICES[person["Site"]]} for person in people]
    with open(PEOPLE, "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(people[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(people)


def check_users(sandbox: Sandbox) -> None:
    """Hold what the sandbox has against the file, value by value; and look who has voicemail by e-mail."""
    users = sandbox.users()
    notified = sandbox.ask("notifications")["notifications"]
    for person in read_people():
        who = f"{person['First Name']} {person['Last Name']}"
        record = users.get(person["E-mail"].casefold())
        if record is None:
            raise Unexpected(f"{who} is not there")
        contact = record["contact"]
        pairs = {
            "first name": (contact.get("firstName"), person["First Name"]),
            "last name": (contact.get("lastName"), person["Last Name"]),
            "number": (record.get("extensionNumber"), person["Ext."]),
            "department": (contact.get("department"), person["Department"]),
            "phone": (contact.get("businessPhone"), "+" + re.sub(r"\D", "", person["Work Phone"])),
            "site": (record["site"]["name"], person["Site"]),
            "voicemail by e-mail": (notified[str(record["id"])]["voicemails"]["includeAttachment"], True),
            "roles": (
                sorted(role["displayName"] for role in record["roles"]),
                sorted(role.strip() for role in person["Roles"].split(";")),
            ),
        }
        for what, (has, wanted) in pairs.items():
            expect(has == wanted, f"{who}'s {what} is {has!r}, not {wanted!r}")


def change_one_line() -> None:
    """As an administrator would in an editor."""
    path = ROOT / PEOPLE
    before = path.read_text(encoding="utf-8")
    after = before.replace("Murphy,liam.murphy@example.com,2002,Support,", "Murphy,liam.murphy@example.com,2002,Sales,")
    expect(before != after, "the line to change is not in the file")
    path.write_text(after, encoding="utf-8")
    print()
    for line in difflib.unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm=""):
        if line[:1] in "+-" and line[:3] not in ("+++", "---"):
            print(f"    {line}", flush=True)


def tell(story: Story, started: float) -> None:
    sandbox = story.sandbox
    people = len(read_people())

    step("1. A RingCentral to try things against")
    say("""A sandbox has been started on this machine. It answers, limits and fails like RingCentral, and knows
        nobody else's account. Its minute lasts half a second, so that you need not wait for rate limits. What playbooks
        print is shortened here: tasks that only say `ok` are left out.""")
    print(f"\n  $ {sandbox.command}\n    {sandbox.url}")
    say("The file it wrote sets the four variables that say which RingCentral is meant, and who you are:")
    print(f"\n  $ . {PLACE}/sandbox.env    # {', '.join(sandbox.environment)}")
    say(f"And here are {people} new hires, as the HR system exports them ({PEOPLE}):")
    print()
    for line in (ROOT / PEOPLE).read_text(encoding="utf-8").splitlines()[:4]:
        print(f"    {line}")
    print("    …")

    step("2. What would happen? (check mode changes nothing)")
    output = story.onboard("--check")
    expect(f"{people} would be created" in output, f"check mode does not say that {people} would be created")
    expect(sandbox.writes() == 0, "check mode sent a request that changes something")

    step("3. Do it")
    story.onboard()
    expect(counts().get("created") == people, f"{counts()} instead of {people} created")
    check_users(sandbox)
    report = json.loads((ROOT / PLACE / "onboarding-report.json").read_text(encoding="utf-8"))
    ready = sum(person["stages"]["ready"]["state"] == "ok" for person in report["people"])
    expect(ready == people, f"{ready} of {people} can call and be called")
    say(f"""All {people} are there, and compared with the file one by one. Each has a line, a direct number, an emergency address and
        voicemail by e-mail: they can sign in, call and be called. {PROFILES} says what the people of an office get.""")

    step("4. Do it again: nothing changes")
    written = sandbox.writes()
    output = story.onboard()
    expect(counts().get("unchanged") == people, f"{counts()} instead of {people} unchanged")
    expect(re.search(r"changed=0 ", output) is not None, "Ansible says that something changed")
    expect(sandbox.writes() == written, "the second run sent a request that changes something")

    step("5. Change one line of the file: one user changes")
    change_one_line()
    output = story.onboard("--diff")
    found = counts()
    expect((found.get("updated"), found.get("unchanged")) == (1, people - 1), f"{found} instead of 1 updated")
    check_users(sandbox)

    tell_of_leavers(story)

    step("What it took")
    stats = sandbox.ask("stats")
    calls, refused = Counter(stats["calls"]), sum(stats["429s"].values())
    print()
    print(f"    API requests          {', '.join(f'{calls[plan]} {plan}' for plan in sorted(calls))}")
    print(f"    refused by a limit    {refused}")
    print(f"    waited for limits     {story.waited:.0f} seconds (at {SPEED} times the speed of a real RingCentral)")
    print(f"    in all                {time.monotonic() - started:.0f} seconds")
    print(f"    reports               {PLACE}/*-report.html, .json and .csv")
    expect(refused == 0, f"{refused} requests were refused by a rate limit")


def tell_of_leavers(story: Story) -> None:
    """Three of the people leave, one is taken back, one is deleted when the grace period is over."""
    sandbox = story.sandbox

    numbers = {who: sandbox.numbers(who) for who in LEAVERS}
    step("6. One of them has left forty days ago, two leave today")
    days_ago = str(date.today() - timedelta(days=40))
    today = "offboard_users_today="
    story.offboard("offboard", "-e", f'{{"leavers": ["{LEAVERS[2]}"]}}', "-e", today + days_ago)
    Path(PLACE / "leavers.csv").write_text(
        f"E-mail,Successor,Forward to,Numbers to\n{LEAVERS[0]},{SUCCESSOR},,\n{LEAVERS[1]},,voicemail,company\n",
        encoding="utf-8",
    )
    story.offboard("offboard", "-e", f"leavers_file={PLACE}/leavers.csv")
    users = sandbox.users()
    expect(all(users[who]["status"] == "Disabled" for who in LEAVERS), "somebody is not suspended")
    expect(numbers[LEAVERS[0]] <= sandbox.numbers(SUCCESSOR), "the successor did not get the number")

    step("7. One was a mistake: back, with role, queue and number")
    story.offboard("rehire", "-e", f'{{"leavers": ["{LEAVERS[0]}"]}}')
    expect(sandbox.users()[LEAVERS[0]]["status"] == "Enabled", "nobody is back")
    expect(sandbox.numbers(LEAVERS[0]) == numbers[LEAVERS[0]], "the number is not back")

    step("8. For one the grace period is over: a plan is approved, and exactly that is deleted")
    cap = '{"offboard_users_limits": {"max_deletions": 1}}'
    written = sandbox.writes()
    story.offboard("purge_leavers", "-e", cap, "-e", f"offboard_users_plan_file={PLACE}/plan.json", "--check")
    expect(sandbox.writes() == written, "check mode sent a request that changes something")
    story.offboard("purge_leavers", "-e", cap, "-e", f"offboard_users_approved_plan={PLACE}/plan.json")
    left = sandbox.users()
    expect(LEAVERS[2] not in left, "the leaver of forty days ago is still there")
    expect(left[LEAVERS[1]]["status"] == "Disabled", "somebody was deleted too early")


NEXT = f"""
== What to do next

  Look at the sandbox yourself, in two shells:

    $ make sandbox
    $ . .venv/bin/activate && . ./.sandbox.env
    $ ansible-playbook itops.ringcentral.onboard -e people_file={PEOPLE} -e @{PROFILES} --check

  Then the same playbook with your account. Create an app with JWT login in RingCentral's developer
  console, give it the permissions ReadAccounts, EditAccounts, EditExtensions and RoleManagement, and
  name it in four variables:

    $ export RC_SERVER_URL=https://platform.ringcentral.com RC_APP_CLIENT_ID=… RC_APP_CLIENT_SECRET=… RC_USER_JWT=…
    $ ansible-playbook itops.ringcentral.onboard -e people_file=people.csv --check

  What may be in the file, and what is checked: docs/onboarding.md. How people leave: docs/offboarding.md.
"""


def main() -> int:
    started = time.monotonic()
    os.chdir(ROOT)
    shutil.rmtree(PLACE, ignore_errors=True)
    PLACE.mkdir(parents=True)
    write_people()
    sandbox = None
    try:
        sandbox = Sandbox(PLACE / "sandbox.env")
        tell(Story(sandbox), started)
    except Unexpected as problem:
        print(f"\nThe demo did not go as it should: {problem}.", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
        return 130
    finally:
        if sandbox:
            sandbox.end()
    print(NEXT)
    return 0


if __name__ == "__main__":
    sys.exit(main())
