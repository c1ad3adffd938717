# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What was approved is what is done: check mode writes a plan file, and a real run does what an approved one says.

A real run takes no value from the file. It plans again, from the list and the account as they are, and does for each person
what comes to the same as in the approved plan, or nothing. The form of the file, and what a difference is: `plan_file.py`.
"""

from __future__ import annotations

import calendar
import getpass
import json
import os
import secrets as random
import time
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from ..._resources.fields import Json
from ..._transport import files
from ..._transport.addresses import server_address
from ..._transport.connect import scim_url
from ..._transport.errors import InvalidInput
from ..._transport.http import USER_AGENT
from . import plan_file
from .context import Context
from .plan_file import Entry
from .words import LEFT_ALONE, counted, first_few, local_time

# The code of an error of somebody who is left alone because of the approved plan.
DRIFT = "drift"
DAY = 86400.0
SHORTEST_KEY = 16
LARGEST = 256 * 2**20  # bytes
# A clock may be that much ahead of another one.
_TOLERANCE = 3600.0
# How long it is remembered that a plan was applied.
_KEPT = 400 * DAY
_SHOWN = 10


class Approval:
    """The plan file that one run writes, or the approved one that it holds to; without either, it does nothing.

    Attributes:
        given: whether there is an approved plan.
        left_alone: who is left alone and why, as returned.
    """

    def __init__(self, context: Context, options: Mapping[str, Any], module: str, scim: bool = False) -> None:
        """Read the approved plan, where there is one. Nothing has been sent yet.

        Args:
            scim: the account is reached by SCIM.

        Raises InvalidInput where it can't be used, or where the options contradict each other.
        """
        self._context = context
        self._client = context.scim_client if scim else context.client
        self._options = options
        self._module = module
        self._server = ""
        self._key = str(options.get("plan_key") or "").strip()
        self._path = options.get("plan_file")
        self._account = ""
        self._plan: Json = {}
        self._entries: dict[str, Entry] = {}
        self._state: Json = {}
        self._salt = random.token_hex(16)
        self.left_alone: list[Json] = []
        # A user who differed when the first run began was not left incomplete by it.
        self._differing: set[str] = set()
        self.given = _is_given(options.get("approved_plan"))
        if not self.given and not self._path:
            return
        self._server = scim_url(options) if scim else server_address(str(options["server_url"]))
        if self._key and len(self._key) < SHORTEST_KEY:
            raise InvalidInput(
                f"plan_key (RC_PLAN_KEY) has fewer than {SHORTEST_KEY} characters. Make one with: openssl rand -hex 32."
                " Nothing was sent.",
                "plan_key",
            )
        if self.given:
            self._read(options["approved_plan"])
        elif not context.check_mode:
            raise InvalidInput(
                "plan_file is for check mode, which writes the plan. A real run has to be given the plan that was approved, as"
                " approved_plan, or neither of them. Nothing was sent.",
                "plan_file",
            )

    def __bool__(self) -> bool:
        """Whether there is a plan to write or to hold to."""
        return self.given or self.writes

    @property
    def writes(self) -> bool:
        """Whether this run writes a plan."""
        return bool(self._path) and not self.given

    @property
    def checks(self) -> bool:
        """Whether nothing is done, and the approved plan is compared only."""
        return self._context.check_mode

    # --- the approved plan -------------------------------------------------------------------------------------

    def _read(self, given: Any) -> None:
        """Read it: a path, or what is in the file, as a workflow hands it on."""
        if isinstance(given, Mapping):
            text = json.dumps(given)
        else:
            text = self._text_of(str(given))
        try:
            self._plan, self._entries = plan_file.read(text)
        except ValueError as error:
            raise self._refused(str(error)) from error
        plan = self._plan
        wrong = plan_file.problem_of_signature(plan, self._key)
        if wrong:
            raise self._refused(wrong)
        if plan["module"] != self._module:
            raise self._refused(f"it is a plan for {plan['module']}, and this is {self._module}")
        if plan["server"] != self._server:
            raise self._refused(f"it is for {plan['server']}, and this is {self._server}")
        age, most = time.time() - _seconds(plan["made_at"]), float(self._options.get("plan_max_age") or 0) * DAY
        if age > most:
            days = self._options.get("plan_max_age") or 0
            raise self._refused(
                f"it was made on {local_time(plan['made_at'])}, more than {counted(days, 'day')} ago (plan_max_age): make it again"
            )
        if age < -_TOLERANCE:
            raise self._refused(
                f"it was made on {local_time(plan['made_at'])}, which is in the future: check the clocks of both hosts"
            )
        self._salt = plan["salt"]

    def _text_of(self, path: str) -> str:
        try:
            with files.open_regular(Path(path).expanduser()) as file:
                return file.read(LARGEST).decode()
        except (OSError, RuntimeError) as error:
            raise self._refused(f"it can't be read ({files.why(error)})") from error
        except UnicodeDecodeError as error:
            raise self._refused("it is not UTF-8 text") from error

    @property
    def _where(self) -> str:
        given = self._options.get("approved_plan") or self._path
        return f"plan {given.get('id')}" if isinstance(given, Mapping) else str(given)

    def _refused(self, why: str) -> InvalidInput:
        return InvalidInput(
            f"approved_plan can't be used ({self._where}): {why}. Nothing was changed.", "approved_plan"
        )

    def open(self, account: str) -> None:
        """The account is known now. Raises InvalidInput where the plan is of another one, or was applied already.

        Args:
            account: the account's id; empty where nothing shows it.
        """
        self._account = account
        if not self.given:
            return
        if self._entries and self._plan["account"] != account:  # of an empty list no account is read
            raise self._refused(f"it is for the account {self._plan['account']}, and this is {account}")
        self._state = self._client.kept(self._name).get(self._name) or {}
        if self._state.get("finished"):
            raise self._refused(f"it was applied already, on {local_time(self._state['finished'])}")
        if self._plan["marks"] and self._plan["marks"] != self._name_of_marks():
            raise self._refused(
                "the marks of passwords in it were made with another key, so the passwords can't be compared. Use the"
                " app or the plan_key with which it was made"
            )

    @property
    def _name(self) -> str:
        return f"plan:{self._plan['id']}"

    def _name_of_marks(self) -> str:
        return self._client.mark_of("", self._key).partition(":")[0]

    def secrets_of(self, options: Mapping[str, Any], names: Collection[str]) -> dict[str, str]:
        """Marks of the secrets in an entry of the list, which say nothing without the key."""
        return {
            name: self._client.mark_of("\0".join(("plan", self._salt, name, str(options[name]))), self._key)
            for name in names
            if options.get(name) not in (None, "")
        }

    def differences(self, now: Iterable[Entry], failed: Mapping[str, str]) -> dict[str, str]:
        """Who is left alone, by key, and why. With `on_drift: stop`, that is nobody: InvalidInput is raised.

        Args:
            now: what would be done for everybody of the list.
            failed: who can't be done any more, by key, and why.
        """
        if not self.given:
            return {}
        begun, done, left = bool(self._state), *(set(self._state.get(part) or []) for part in ("done", "left_alone"))
        seen = set(failed)
        why: dict[str, str] = {}
        who: dict[str, str] = {}
        for entry in now:
            seen.add(entry.key)
            who[entry.key] = entry.who
            short = _short(entry.key)
            text = plan_file.difference(self._entries.get(entry.key), entry, begun and short not in left, short in done)
            if text:
                why[entry.key] = text
        missing = {key: entry for key, entry in self._entries.items() if key not in seen and _short(key) not in done}
        self._differing = {_short(key) for key in why}
        self.left_alone = [
            *({"who": who[key], "why": text} for key, text in why.items()),
            *({"who": self._entries[key].who, "why": text} for key, text in failed.items() if key in self._entries),
            *({"who": entry.who, "why": "is not in the list any more"} for entry in missing.values()),
        ]
        # A user that a killed run deleted may be in the list no more.
        drifted = len(self.left_alone) - (len(missing) if begun else 0)
        if drifted and self._options.get("on_drift") == "stop":
            raise InvalidInput(
                f"{counted(drifted, 'person differs', 'people differ')} from the approved plan, and on_drift is stop. Nothing was"
                f" changed. {self._left_alone_in_words()}",
                "approved_plan",
            )
        if missing and not begun:
            names = first_few((entry.who for entry in missing.values()), _SHOWN)
            self._context.warn(f"The approved plan has people who are not in the list any more: {names}.")
        return why

    def _left_alone_in_words(self) -> str:
        return first_few((f"{one['who']}: {one['why']}" for one in self.left_alone), _SHOWN, "; ") + "."

    def begin(self) -> None:
        """The first write comes next."""
        if self.given and not self._context.check_mode and not self._state:
            self._state = {"begun": _moment(), "done": [], "left_alone": sorted(self._differing)}
            self._client.keep(self._name, self._state, _KEPT)

    def end(self, done: Iterable[str], complete: bool) -> None:
        """The run is over.

        Args:
            done: keys of those who are as asked.
            complete: whether nothing is left but those who are left alone.
        """
        if not self.given or self._context.check_mode:
            return
        keys = {_short(key) for key in done if key in self._entries}
        self._state = {
            "begun": self._state.get("begun") or _moment(),
            "left_alone": self._state.get("left_alone") or [],
            "done": sorted({*keys, *(self._state.get("done") or [])}),
            "finished": _moment() if complete else "",
        }
        self._client.keep(self._name, self._state, _KEPT)

    # --- writing one -------------------------------------------------------------------------------------------

    def write(
        self,
        now: Sequence[Entry],
        left_out: Sequence[Json],
        estimate: Mapping[str, Any],
        licenses: Mapping[str, Any] | None = None,
        wanted: Any = None,
    ) -> None:
        """Write the plan. Raises InvalidInput where that can't be done.

        Args:
            now: everybody of the list; those for whom nothing is to be done are counted only.
            left_out: who can't be done, `who` and `why` each.
            licenses: `needed` and `room`, where anybody is new.
            asked: what the list asks for, for its digest.
        """
        if not self.writes:
            return
        entries = [entry for entry in now if entry.action]
        left_out = [*(self._options.get("plan_left_out") or ()), *left_out]
        summary = plan_file.summary_of(entries, len(now) - len(entries), len(left_out))
        options = self._options
        caps = {name: options[name] for name in ("limits", "protected", "missing", "only_status") if options.get(name)}
        plan: Json = {
            "kind": plan_file.KIND,
            "format": plan_file.FORMAT,
            "id": random.token_hex(8),
            "module": self._module,
            "made_at": _moment(),
            "made_by": str(options.get("plan_made_by") or _author()),
            "made_with": USER_AGENT.partition(" ")[0],
            "server": self._server,
            "account": self._account,
            "list": plan_file.digest_of({"asked": [entry.asked for entry in now] if wanted is None else wanted}),
            "salt": self._salt,
            "marks": self._name_of_marks() if any(entry.secrets for entry in entries) else "",
            "caps": caps,
            "estimate": {name: estimate.get(name) for name in ("calls", "minutes")},
            "summary": {**summary, **({"licenses": dict(licenses)} if licenses else {})},
            "entries": [entry.as_json() for entry in entries],
            "left_out": list(left_out),
        }
        self._plan = plan_file.signed(plan_file.plain(plan), self._key)
        try:
            path = Path(str(self._path)).expanduser()
            files.make_directory(path.parent)
            files.replace(path, plan_file.as_text(self._plan))
        except (OSError, RuntimeError) as error:
            raise InvalidInput(f"plan_file {self._path} can't be written: {files.why(error)}.", "plan_file") from error

    def as_returned(self) -> Json:
        """`plan_file` of a module's result; nothing where there is neither."""
        if not self._plan:
            return {}
        plan = self._plan
        return {
            "plan_file": {
                "path": self._where,
                "approved": self.given,
                **{name: plan[name] for name in ("id", "made_at", "made_by", "account", "summary", "estimate")},
                "signed": plan_file.is_signed(plan),
                "in_words": plan_file.summary_in_words(plan),
                "left_alone": self.left_alone,
            }
        }


def _is_given(approved: Any) -> bool:
    """Whether there is an approved plan. Raises InvalidInput for one that is blank, such as of a variable that is not set.

    Blank is not the same as not given: a run without a plan does what is needed, and nobody approved that.
    """
    if approved is None:
        return False
    if not (approved if isinstance(approved, Mapping) else str(approved).strip()):
        raise InvalidInput(
            "approved_plan is empty: give the path of the plan that was approved, or the plan itself, or leave the option out to"
            " run without a plan. Nothing was sent.",
            "approved_plan",
        )
    return True


def drift(text: str) -> Json:
    """The error of somebody who is left alone. Whose it is stands before it wherever it is shown."""
    return {"code": DRIFT, "message": f"{LEFT_ALONE}: {text}.", "parameter": None}


def is_left_alone(row: Mapping[str, Any]) -> bool:
    """Whether a row of a result is about somebody who is left alone because of the approved plan."""
    return any(error.get("code") == DRIFT for error in row.get("errors") or [])


def count_left_alone(rows: Iterable[Mapping[str, Any]]) -> int:
    """How many of a result's rows are about somebody who is left alone."""
    return sum(is_left_alone(row) for row in rows)


def _short(key: str) -> str:
    """A person of a plan, as the store remembers it: no name and no address."""
    return plan_file.digest_of({"key": key})


def _moment() -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())


def _seconds(moment: str) -> float:
    """Raises nothing: what is no moment is long ago."""
    try:
        return float(calendar.timegm(time.strptime(moment, "%Y-%m-%dT%H:%M:%SZ")))
    except (ValueError, OverflowError):
        return 0.0


def _author() -> str:
    """Who makes the plan, as far as this host knows."""
    for name in ("GITHUB_ACTOR", "GITLAB_USER_LOGIN"):
        if os.environ.get(name):
            return str(os.environ[name])
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return str(os.getuid())
