# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Short runs with faults that chance composes: `make attack`, with `ARGS="--seed 123"` for one of them, or `--runs 50`.

A seed decides on a story (onboarding, changes, offboarding, rehire, purge, SCIM) and on what goes wrong in it, once or
several times: requests and answers that are lost, refused or late, tokens that are revoked, a disk that is full, a clock
that jumps, a signal, a process that is killed, a second controller. Then nothing goes wrong any more, and the same is run
again. Whatever happened: nobody is there twice, nobody is lost, nobody is deleted who was not due, RingCentral refuses no
request for its rate, no secret is seen, results say what the account is, and in the end everything is as asked.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib
import json
import os
import random
import resource
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest import mock

from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible_collections.itops.ringcentral.plugins.filter.offboarding import (
    offboarding_users,
    rehire_calls,
    rehire_plan,
    rehire_users,
)
from ansible_collections.itops.ringcentral.plugins.module_utils._engine._run.words import IN_DOUBT
from ansible_collections.itops.ringcentral.plugins.module_utils._module import execute
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.http import Http
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.stop import Stop

from .full_disk import no_room
from .leavers import LATER, TODAY, Leavers
from .modules import COLLECTION, Modules
from .people import people
from .server import Sandbox
from .workers import fork

Json = dict[str, Any]
STORIES = ("onboard", "change", "offboard", "rehire", "purge", "scim")
PROFILES = ("platform", "guide", "observed")
CANARY = "canary-Passw0rd-4711"
TIMES_AGAIN = 3
# Seconds that a wait takes at most here; the sandbox's minute lasts a fiftieth of a second.
LONGEST_SLEEP = 0.02
# Seconds of an answer that comes too late for `request_timeout`.
SILENT = 1.3
# Texts of errors that leave open whether a request was carried out.
OPEN = (IN_DOUBT, "answer", "verify")
# What a story may not change of people that it does not name.
KEPT = ("status", "contact", "roles", "extensionNumber", "statusInfo")


@dataclass
class Trouble:
    """What goes wrong in one run of a module.

    Attributes:
        faults: of the sandbox, see faults.py.
        kind: what happens on this side at request `at`: nothing, stop, kill_before, kill_after, clock, disk, second.
        jump: seconds by which the clock jumps.
    """

    faults: list[Json]
    kind: str = ""
    at: int = 0
    jump: float = 0.0

    @property
    def refusals(self) -> int:
        """Requests that the sandbox refuses as if they were too many."""
        return sum(fault.get("times", 1) for fault in self.faults if fault.get("status") == 429)


@dataclass
class Story:
    """What is asked for.

    Attributes:
        act: runs it, by the function that it is given for each module; returns whether all was run.
        emails: of whom it is about.
        due: ids of those who may be deleted.
        secret: what no output may have.
        differences: returns what is not as asked in the end, by the account.
    """

    act: Callable[[Callable[..., Json]], None]
    emails: set[str]
    differences: Callable[[Mapping[str, Json]], list[str]]
    due: set[int] = field(default_factory=set)


class Broken(AssertionError):
    """A promise that was not kept."""


def trouble(chance: random.Random, scim: bool) -> Trouble:
    """Faults, one to five of the sandbox, and perhaps one of this side."""
    found = []
    for _number in range(chance.choice((0, 1, 1, 2, 3, 5))):
        kind = chance.choice(("drop_before", "drop_after", "malformed", "status", "status", "status", "delay"))
        where = chance.choice(("^/scim/" if scim else "^/restapi/v", "^/restapi/v", "", "oauth/token"))
        fault: Json = {"kind": kind, "path": where, "method": chance.choice((".*", "GET", "POST", "PUT|PATCH|DELETE"))}
        fault |= {"after": chance.choice((0, 0, 1, 2, 3, 5, 8)), "times": chance.choice((1, 1, 2, 4, 7))}
        if kind == "status":
            fault["status"] = chance.choice((500, 502, 503, 503, 401, 401, 429, 409, 403, 404))
            if fault["status"] in (403, 404, 409) and chance.random() < 0.7:
                fault["status"] = 503
            if fault["status"] == 429:
                fault |= {"headers": {"Retry-After": "0.02"}, "path": "^/(scim|restapi/v)"}
            if fault["status"] == 401:
                fault["times"] = 1
        if kind == "delay":
            fault["seconds"] = chance.choice((0.01, 0.05, 0.1))
        found.append(fault)
    kinds = ("", "", "", "stop", "stop", "kill_before", "kill_after", "clock", "disk", "second")
    jump = chance.choice((-86400.0, -3600.0, 3600.0, 86400.0 * 400))
    return Trouble(found, chance.choice(kinds), chance.randint(1, 30), jump)


def more_trouble(chance: random.Random) -> list[Json]:
    """What lasts: a token that is revoked every few requests, a service that is gone for a while, answers that never come."""
    kind = chance.choice(("", "", "", "revoked", "storm", "half-open"))
    if kind == "revoked":
        every = chance.randint(2, 6)
        return [{"kind": "status", "status": 401, "path": "^/(restapi/v|scim)", "after": every} for _time in range(8)]
    if kind == "storm":
        return [{"kind": "status", "status": 503, "after": chance.randint(0, 12), "times": chance.randint(10, 60)}]
    if kind == "half-open" and chance.random() < 0.3:  # it takes a second each
        return [{"kind": "delay", "seconds": SILENT, "after": chance.randint(0, 12)}]
    return []


@contextlib.contextmanager
def hurried() -> Iterator[None]:
    """Nobody waits long: what waits for a server's clock looks more often instead."""
    sleep = time.sleep
    with mock.patch("time.sleep", lambda seconds: sleep(min(seconds, LONGEST_SLEEP))):
        yield


@contextlib.contextmanager
def at_request(number: int, before: Callable[[], None], after: Callable[[], None] = lambda: None) -> Iterator[None]:
    """Do something before, or after, the request of this number is sent."""
    send, count = Http.send, iter(range(1, 1_000_000))

    def counted(self: Http, *arguments: Any, **options: Any) -> Any:
        mine = next(count)
        if mine == number:
            before()
        answer = send(self, *arguments, **options)
        if mine == number:
            after()
        return answer

    with mock.patch.object(Http, "send", counted):
        yield


def in_a_process(environment: Mapping[str, str], module: str, options: Json, kind: str, at: int) -> None:
    """Run a module in a forked process, which may kill itself."""
    os.environ.update(environment)
    spec = importlib.import_module(f"{COLLECTION}.plugins.modules.{module}").SPEC
    checked = ArgumentSpecValidator(spec.all_options, **spec.rules).validate(options).validated_parameters

    def kill() -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    def nothing() -> None:
        pass

    with (
        hurried(),
        at_request(at, kill if kind == "kill_before" else nothing, kill if kind == "kill_after" else nothing),
    ):
        execute(spec, checked, check_mode=False)


class Attack:
    """One run of one seed."""

    def __init__(self, seed: int, sandbox: Sandbox, directory: Path) -> None:
        self.seed = seed
        self.chance, self.more = random.Random(seed), random.Random(f"more {seed}")
        self.name = self.chance.choice(STORIES)
        self.sandbox = sandbox
        sandbox.door("DELETE", "faults")
        seats = self.chance.choice((0, 0, 4)) if sandbox.profile != "guide" else 0
        seats = 4 if self.name == "scim" else seats
        queues = self.chance.choice((0, 3)) if sandbox.profile == "platform" else 0
        sandbox.reset(time_scale=3000, users=14, seats=seats, queues=queues, refresh_tokens=self.chance.random() < 0.3)
        self.modules = Modules(sandbox, directory)
        self.leavers = Leavers(self.modules)
        self.troubles: list[Trouble] = []
        self.refusals = 0
        self.results: list[Json] = []
        self.happened: list[str] = []

    # --- stories -------------------------------------------------------------------------------

    def story(self) -> Story:
        made: Story = getattr(self, f"_{self.name}")()
        return made

    def _several(self, least: int, most: int) -> list[str]:
        numbers = self.chance.sample([n for n in range(2, 15) if n not in (9, 11)], self.chance.randint(least, most))
        return [f"user{number:04}@example.com" for number in sorted(numbers)]

    def _journal(self) -> str:
        return str(self.modules.directory / "journal.jsonl")

    def _onboard(self) -> Story:
        users = people(self.chance.randint(1, 7))
        for user in users:
            if self.chance.random() < 0.3:
                user["password"] = CANARY
        options: Json = {
            "users": users,
            "strategy": self.chance.choice(("auto", "auto", "single", "batch", "bulk_create", "seats")),
        }
        return self._bulk(options, users)

    def _change(self) -> Story:
        users: list[Json] = [{"email": email, "department": "Elsewhere"} for email in self._several(1, 7)]
        for user in users:
            if self.chance.random() < 0.4:
                user["roles"] = ["Support Agent"]
            if self.chance.random() < 0.3:
                user["status"] = "Disabled"
        return self._bulk({"users": users, "limits": {"max_percent": 100}}, users)

    def _bulk(self, options: Json, users: list[Json]) -> Story:
        def act(run: Callable[..., Json]) -> None:
            run("rc_bulk_users", **options, journal=self._journal())

        def differences(account: Mapping[str, Json]) -> list[str]:
            wrong = []
            for user in users:
                record = account.get(user["email"], {"contact": {}, "roles": []})
                roles = sorted(role["displayName"] for role in record["roles"])
                is_now = (record["contact"].get("department"), user.get("status") or record.get("status"))
                if is_now != (user["department"], record.get("status")) or sorted(user.get("roles") or roles) != roles:
                    wrong.append(f"{user['email']} is {record}")
            return wrong

        return Story(act, {user["email"] for user in users}, differences)

    def _left(self, emails: list[str]) -> list[Json]:
        """The list of those who leave, as it was understood; nothing where the account can't be read: the play ends there."""
        try:
            return self.leavers.found(*({"email": email} for email in emails))
        except KeyError:
            return []

    def _offboard(self) -> Story:
        emails = self._several(1, 4)
        options: Json = {
            "limits": {"max_percent": 100},
            "today": TODAY,
            "snapshot_dir": self.leavers.snapshots,
        }
        if self.chance.random() < 0.7:
            options["account_users"] = 14

        def act(run: Callable[..., Json]) -> None:
            entries = self._left(emails)
            if entries:
                run("rc_offboard_users", users=offboarding_users(entries), **options, journal=self._journal())

        had = {email: self.leavers.state(email) for email in emails}

        def differences(account: Mapping[str, Json]) -> list[str]:
            wrong = [f"{email} is not suspended" for email in emails if account[email]["status"] != "Disabled"]
            for email in emails:
                _status, numbers, queues = self.leavers.state(email)
                wrong += [f"{email} has {numbers} {queues} still"] if numbers or queues else []
                file = Path(self.leavers.snapshots) / f"{account[email]['id']}.json"
                kept: Json = json.loads(file.read_text()) if file.exists() else {"failed": "no file"}
                kept_numbers = {item["phone_number"] for item in kept.get("phone_numbers") or []}
                if kept["failed"] or kept_numbers != had[email][1] or kept["extension"]["status"] != had[email][0]:
                    wrong.append(f"of {email} there is kept {kept}, who had {had[email]}")
            return wrong

        return Story(act, {*emails, "user0009@example.com"}, differences)

    def _suspended(self, emails: list[str]) -> None:
        self.leavers.leave(self._left(emails))

    def _rehire(self) -> Story:
        emails = self._several(1, 3)
        had = {email: self.leavers.state(email) for email in emails}
        self._suspended(emails)
        ids = [entry["extension_id"] for entry in self._left(emails)]

        def act(run: Callable[..., Json]) -> None:
            kept = self.leavers.run(
                "rc_user_snapshot", True, extension_ids=ids, directory=self.leavers.snapshots, parts=["forwarding"]
            )
            entries = self._left(emails)
            if "snapshots" not in kept or not entries:
                return
            planned = rehire_plan(entries, kept["snapshots"])
            users = rehire_users(planned)
            enabled = run("rc_bulk_users", users=users, check_licenses="no", journal=self._journal())
            if "records" in enabled:
                run("rc_bulk_calls", users=rehire_calls(planned, self.leavers.queues, enabled), journal=self._journal())

        def differences(_account: Mapping[str, Json]) -> list[str]:
            now = {email: self.leavers.state(email) for email in emails}
            return [f"{email} is {now[email]}, was {had[email]}" for email in emails if now[email] != had[email]]

        return Story(act, {*emails, "user0009@example.com"}, differences)

    def _purge(self) -> Story:
        emails = self._several(2, 4)
        self._suspended(emails)
        stays = emails.pop()  # comes back by hand, and is suspended for another reason
        other = self.sandbox.extension(stays)
        assert other
        self.sandbox.door(
            "PATCH", f"extensions/{other['id']}", {"statusInfo": {"comment": "LEGAL HOLD", "reason": None}}
        )
        due = {record["id"] for record in self.sandbox.extensions() if record["contact"].get("email") in emails}

        def act(run: Callable[..., Json]) -> None:
            found = self.leavers.due(LATER)
            if found.get("due"):
                caps = {"max_percent": 100, "max_deletions": len(due)}
                options = {"users": found["users"], "state": "absent", "only_status": ["Disabled"], "limits": caps}
                run("rc_bulk_users", **options, check_licenses="no", journal=self._journal())

        def differences(account: Mapping[str, Json]) -> list[str]:
            return [f"{email} is there still" for email in emails if email in account]

        return Story(act, set(emails), differences, due)

    def _scim(self) -> Story:
        users_before = [record for record in self.sandbox.extensions() if record["type"] == "User"]
        holders = Counter(str(one["contact"]["email"]) for one in users_before if one["contact"].get("email"))
        names = [name for name, count in holders.items() if count == 1]  # with two of one name, it refuses that person
        leaving = set(self._several(0, 2))
        users = [{"user_name": name} for name in names if name not in leaving]
        new = [
            {"user_name": user["email"], "given_name": user["first_name"], "family_name": user["last_name"]}
            for user in people(self.chance.randint(0, 3))
        ]
        moved = self.chance.sample(users[2:], self.chance.randint(0, 3))
        for user in moved:
            user["department"] = "Elsewhere"
        method = self.chance.choice(("put", "patch"))
        options: Json = {
            "users": [*users, *new],
            "missing": "suspend",
            "limits": {"max_percent": 100},
            "update_method": method,
        }
        options |= {"protected": ["admin@example.com"], "wait_for_rest": self.chance.random() < 0.5}

        def act(run: Callable[..., Json]) -> None:
            run("rc_scim_user", **options, journal=self._journal())

        def differences(account: Mapping[str, Json]) -> list[str]:
            wrong = [f"{user['user_name']} is missing" for user in new if user["user_name"] not in account]
            departments = {user["user_name"]: account[user["user_name"]]["contact"].get("department") for user in moved}
            wrong += [f"{name} is in {found}" for name, found in departments.items() if found != "Elsewhere"]
            return wrong + [f"{name} is not suspended" for name in leaving if account[name]["status"] == "Enabled"]

        emails = {*leaving, *(str(user["user_name"]) for user in (*new, *moved))}
        return Story(act, emails, differences)

    # --- running it ----------------------------------------------------------------------------

    def run(self) -> None:
        """Raises Broken."""
        story = self.story()
        extensions_before = self._account()
        self._expect_nobody_twice()
        for _number in range(self.chance.randint(1, 2)):
            now = trouble(self.chance, self.name == "scim")
            now.faults += more_trouble(self.more)
            self.troubles.append(now)
            self.refusals += now.refusals
            for fault in now.faults:
                self.sandbox.door("POST", "faults", fault)
            story.act(lambda module, now=now, **options: self._in_trouble(now, module, options))
            self.sandbox.door("DELETE", "faults")
            self._expect_the_same(extensions_before, story)
        again: list[Json] = []

        def in_peace(module: str, **options: Any) -> Json:
            again.append(self._checked(module, options))
            return again[-1]

        for _number in range(TIMES_AGAIN):
            again.clear()
            story.act(in_peace)
            if not any(result["failed"] or result["changed"] for result in again):
                break
        else:
            raise Broken(
                f"it is not as asked after {TIMES_AGAIN} runs in which nothing went wrong: {self._in_words(again)}"
            )
        self._expect_the_same(extensions_before, story)
        wrong = story.differences({email: records[0] for email, records in self._by_email().items()})
        if wrong:
            raise Broken("; ".join(wrong))
        refused = sum(self.sandbox.door("GET", "stats")["429s"].values())
        if refused > self.refusals:
            raise Broken(f"{refused} requests were refused for their rate, {self.refusals} of them on purpose")
        self._expect_no_secret()

    def _in_trouble(self, now: Trouble, module: str, options: Json) -> Json:
        """Run a module while something goes wrong; what it returns is nothing where it was killed."""
        environment = {**self.sandbox.environment, "RC_STATE_DIR": str(self.modules.state)}
        if any(fault.get("seconds") == SILENT for fault in now.faults):
            options = {**options, "request_timeout": 1}
        if now.kind.startswith("kill"):
            process = fork(in_a_process, environment, module, options, now.kind, now.at)
            process.join()
            return {}
        second = None
        if now.kind == "second":
            # The snapshots and the journal of another host are its own.
            own = {"journal": f"{options['journal']}-2"}
            if "snapshot_dir" in options:
                own["snapshot_dir"] = f"{options['snapshot_dir']}-2"
            second = fork(in_a_process, environment, module, {**options, **own}, "", 0)
        try:
            return self._checked(module, options, now)
        finally:
            if second:
                second.join()

    def _checked(self, module: str, options: Json, now: Trouble | None = None) -> Json:
        """Run a module, and hold what it returns to what the account is."""
        before = {record["id"]: record for record in self.sandbox.extensions()}
        owners = self._owners()
        stop, clock, kind = Stop(), time.time, now.kind if now else ""
        offset = [0.0]

        def happens() -> None:
            if kind == "stop":
                stop.set("Interrupted")
            elif kind == "clock" and now:
                offset[0] = now.jump

        with contextlib.ExitStack() as stack:
            stack.enter_context(hurried())
            if now:
                stack.enter_context(at_request(now.at, happens))
            if kind == "clock":
                stack.enter_context(mock.patch("time.time", lambda: clock() + offset[0]))
            if kind == "disk":
                stack.enter_context(no_room())
            ran = self.modules.run(module, stop=stop, **options)
        result = {"failed": ran["outcome"] == "failed", **ran["result"]}
        self.results.append(result)
        self.happened.append(f"{module}: {self._in_words([result])}")
        if "Unexpected answer, or an error in this collection" in str(result.get("msg")):
            raise Broken(result.get("exception") or result["msg"])
        self._expect_nobody_twice()
        after = {record["id"]: record for record in self.sandbox.extensions()}
        if kind != "second":
            self._expect_truth(module, result, before, after, owners != self._owners())
        return result

    # --- promises ------------------------------------------------------------------------------

    def _expect_truth(
        self, module: str, result: Json, before: Mapping[int, Json], after: Mapping[int, Json], moved: bool
    ) -> None:
        """What is said of everybody is so."""
        differs = moved or {key: _comparable(one) for key, one in before.items()} != {
            k: _comparable(one) for k, one in after.items()
        }
        if differs and not result["changed"]:
            raise Broken(f"{module} says that nothing was changed")
        had = {str(one["contact"].get("email") or "").casefold() for one in before.values()}
        has = {str(one["contact"].get("email") or "").casefold(): one for one in after.values()}
        for row in result.get("records") or ():
            texts = " ".join(str(error.get("message")) for error in row["errors"])
            key = int(row["extension_id"]) if row.get("extension_id") else 0
            email = str(row.get("email") or row.get("user_name") or "").casefold()
            is_open = row["status"] != "ok" and any(text in texts for text in OPEN)
            problem = ""
            if module == "rc_offboard_users":
                status = row["now"].get("status")
                if status and not is_open and status != after[key]["status"]:
                    problem = f"is reported to be {status}, and is {after[key]['status']}"
                if row["status"] == "ok" and after[key]["status"] != "Disabled":
                    problem = "is ok, and not suspended"
            elif module == "rc_bulk_calls":
                if row["changed"] and not moved and set(row["diff"]["after"]) <= {"phone_numbers", "phone_numbers_to"}:
                    problem = "has other numbers, and nobody has"
            elif row["action"] == "created":
                problem = "" if email not in had and email in has else "was not created"
            elif row["action"] == "deleted":
                gone = key in before and key not in after if key else email in had and email not in has
                problem = "" if gone else "was not deleted"
            elif row["action"] == "updated" and key in before:
                problem = "" if _comparable(before[key]) != _comparable(after[key]) else "was not changed"
            elif row["action"] == "none" and not is_open:
                same = (
                    _comparable(before.get(key)) == _comparable(after.get(key))
                    if key
                    else (email in had) == (email in has)
                )
                problem = "" if same else "was changed"
            if problem:
                raise Broken(f"{module}: {row.get('label') or email} {problem}: {row}")

    def _expect_the_same(self, extensions_before: Mapping[int, Json], story: Story) -> None:
        """Nobody is lost, and whom the story does not name is as before."""
        now = self._account()
        lost = {key for key in extensions_before if key not in now} - story.due
        if lost:
            raise Broken(f"lost: {[extensions_before[key] for key in lost]}")
        for key, record in extensions_before.items():
            seat = record["status"] == "Unassigned"
            if key in now and not seat and record["contact"].get("email") not in story.emails:
                if _comparable(record) != _comparable(now[key]):
                    raise Broken(f"nobody asked to change {record} to {now[key]}")

    def _expect_nobody_twice(self) -> None:
        for email, records in self._by_email().items():
            persons = [record for record in records if record["type"] == "User"]
            if len(persons) > 1 and email != "admin@example.com":
                raise Broken(f"{email} is there {len(persons)} times")

    def _expect_no_secret(self) -> None:
        tokens = self.sandbox.door("GET", "sessions")["access_tokens"]
        environment = self.sandbox.environment
        secrets = [CANARY, environment["RC_APP_CLIENT_SECRET"], environment["RC_USER_JWT"], *tokens]
        seen = {"a result": json.dumps(self.results).encode(), "progress": "\n".join(self.modules.progress).encode()}
        seen |= {str(path): path.read_bytes() for path in self.modules.directory.rglob("*") if path.is_file()}
        for where, text in seen.items():
            if any(secret.encode() in text for secret in secrets):
                raise Broken(f"a secret is in {where}")

    # --- what there is -------------------------------------------------------------------------

    def _account(self) -> dict[int, Json]:
        return {record["id"]: record for record in self.sandbox.extensions()}

    def _by_email(self) -> dict[str, list[Json]]:
        found: dict[str, list[Json]] = {}
        for record in self.sandbox.extensions():
            if record["contact"].get("email"):
                found.setdefault(str(record["contact"]["email"]).casefold(), []).append(record)
        # The person first: others may have the same address.
        return {email: sorted(records, key=lambda one: one["type"] != "User") for email, records in found.items()}

    def _owners(self) -> tuple[Any, Any]:
        numbers = {item["id"]: item["extension"] for item in self.sandbox.door("GET", "numbers")["numbers"]}
        queues = {queue["id"]: queue["members"] for queue in self.sandbox.door("GET", "queues")["queues"]}
        return numbers, queues

    @staticmethod
    def _in_words(results: list[Json]) -> str:
        return "; ".join(
            f"failed={result['failed']} changed={result['changed']} {result.get('msg', '')}" for result in results
        )

    def __str__(self) -> str:
        lines = [f"seed {self.seed}: {self.name}, {self.sandbox.profile}"]
        for now in self.troubles:
            lines.append(f"  {now.kind or 'nothing here'} at request {now.at}, jump {now.jump:g}")
            lines += [f"    {json.dumps(fault)}" for fault in now.faults]
        return "\n".join([*lines, *(f"  {text}" for text in self.happened)])


def _comparable(record: Json | None) -> Any:
    """What of an extension counts as changed."""
    if record is None:
        return None
    shown = {key: record.get(key) for key in KEPT}
    shown["roles"] = sorted(role["id"] for role in record.get("roles") or ())
    return shown


def attack(seed: int, sandbox: Sandbox, directory: Path) -> str:
    """Run one seed: what promise was not kept, and how; nothing where all were."""
    sandbox.profile = random.Random(f"profile-{seed}").choice(PROFILES)
    directory.mkdir()
    one = Attack(seed, sandbox, directory)
    try:
        one.run()
    except Exception as error:  # an error of the modules' filters is one, too
        why = str(error) if isinstance(error, Broken) else traceback.format_exc()
        return f"{one}\n  {why}"
    finally:
        sandbox.door("DELETE", "faults")
    shutil.rmtree(directory)
    return ""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--runs", type=int, default=1000)
    parser.add_argument("--first", type=int, default=1, help="the first seed")
    parser.add_argument("--seed", type=int, action="append", help="this seed only; may be given several times")
    options = parser.parse_args()
    seeds = options.seed or range(options.first, options.first + options.runs)
    sandbox = Sandbox("platform", time_scale=3000)
    broken = []
    started = time.monotonic()
    scratch = Path(tempfile.mkdtemp(prefix="attack-"))
    try:
        for number, seed in enumerate(seeds, 1):
            broken_promise = attack(seed, sandbox, scratch / str(seed))
            if broken_promise:
                broken.append(seed)
                print(broken_promise, flush=True)
            if number % 20 == 0:
                print(f"{number} runs, {len(broken)} broken, {time.monotonic() - started:.0f} s", flush=True)
    finally:
        sandbox.stop()
    shutil.rmtree(scratch)
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    cpu = sum(one.ru_utime + one.ru_stime for one in used)
    print(f"{len(seeds)} runs, {cpu / len(seeds):.2f} s of CPU each. Broken: {broken or 'none'}")
    sys.exit(bool(broken))


if __name__ == "__main__":
    main()
