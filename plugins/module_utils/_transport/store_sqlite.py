# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The store of one host: one SQLite file in `state_dir`.

Killing a process at any instant leaves the store usable: every change is one transaction, the
login lock is the kernel's, and a slot whose owner died is given back.
"""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
import stat
import tempfile
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

from . import files
from .errors import InvalidInput
from .headers import is_limit
from .store import FOREIGN, Answer, Group, has_died, this_process

T = TypeVar("T")

_SCHEMA = """
CREATE TABLE IF NOT EXISTS groups (
    key TEXT PRIMARY KEY, allowed INTEGER NOT NULL, window REAL NOT NULL,
    learned INTEGER NOT NULL DEFAULT 0, blocked_until REAL NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS slots (
    request TEXT NOT NULL, key TEXT NOT NULL, owner TEXT NOT NULL,
    taken REAL NOT NULL, held_until REAL NOT NULL, answered REAL);
CREATE INDEX IF NOT EXISTS slots_by_key ON slots (key, answered);
CREATE TABLE IF NOT EXISTS facts (key TEXT PRIMARY KEY, value TEXT NOT NULL, expires REAL NOT NULL);
"""
_LOCKED_SECONDS = 30.0
# Seconds; all processes that share the file share the clock, too.
_CLOCK_TOLERANCE = 1.0
_UNSHARED = "Limits are not shared with other processes."


class SqliteStore:
    """The store of one host."""

    def __init__(self, directory: Path | None, warn: Callable[[str], None]) -> None:
        """Open `directory` (None: a store of this process alone). Problems are warned of, not raised."""
        self._directory = directory
        self._warn = warn
        self._owner = this_process()
        self._one_thread = threading.RLock()  # the connection is shared by the threads of a run
        self._database = self._connect()

    # --- budgets -------------------------------------------------------------------------------

    def take(self, groups: list[Group], share: float, hold: float) -> tuple[str, float]:
        return self._transaction(lambda: self._take(groups, share, hold))

    def _take(self, groups: list[Group], share: float, hold: float) -> tuple[str, float]:
        now = time.time()
        self._follow_clock(now)
        wait = max(self._wait(group, now, share) for group in groups)
        if wait > 0:
            return "", wait
        request = uuid.uuid4().hex
        self._database.executemany(
            "INSERT INTO slots (request, key, owner, taken, held_until) VALUES (?, ?, ?, ?, ?)",
            [(request, group.key, self._owner, now, now + hold) for group in groups],
        )
        return request, 0.0

    def _follow_clock(self, now: float) -> None:
        """After a clock was set back, what was written before it lies in the future: it moves back with the clock.

        Otherwise requests that a server still counts would not be counted here, and a penalty would last as much longer.
        """
        (latest,) = self._database.execute("SELECT MAX(taken) FROM slots").fetchone()
        ahead = (latest or now) - now
        if ahead > _CLOCK_TOLERANCE:
            self._database.execute(
                "UPDATE slots SET taken = taken - ?, held_until = held_until - ?, answered = answered - ?", [ahead] * 3
            )
            self._database.execute("UPDATE groups SET blocked_until = MAX(0, blocked_until - ?)", (ahead,))

    def _wait(self, group: Group, now: float, share: float) -> float:
        """Seconds until a slot of this group may be free; 0 when one is."""
        db = self._database
        row = db.execute(
            "SELECT allowed, window, learned, blocked_until FROM groups WHERE key = ?", (group.key,)
        ).fetchone()
        allowed, window, learned, blocked_until = row or (group.allowed, group.window, group.open, 0.0)
        if not is_limit(allowed, window):  # what an older version believed
            allowed, window = group.allowed, group.window
        # A clock that was set back must not block for longer than any penalty lasts.
        if now < blocked_until < now + 3600:
            return float(blocked_until - now)
        # Expired slots stay a while: `_see_others` compares with what the server counted earlier.
        db.execute("DELETE FROM slots WHERE key = ? AND answered < ?", (group.key, now - 2 * window - 5))
        db.execute(
            "UPDATE slots SET answered = held_until WHERE key = ? AND answered IS NULL AND held_until < ?",
            (group.key, now),
        )
        ours, foreign, flying, oldest = db.execute(
            "SELECT SUM(owner != ?), SUM(owner = ?), SUM(answered IS NULL), MIN(answered) FROM slots"
            " WHERE key = ? AND (answered IS NULL OR answered BETWEEN ? AND ?)",
            (FOREIGN, FOREIGN, group.key, now - window, now + window),
        ).fetchone()
        ours, foreign, flying = ours or 0, foreign or 0, flying or 0
        # Until the server has said its limits, or after a penalty, one request goes ahead alone.
        alone = not learned and flying > 0
        own_share = max(1, int(allowed * share))
        if not alone and ours < own_share and ours + foreign < allowed:
            return 0.0
        if flying and self._bury_the_dead(group.key, now):
            return self._wait(group, now, share)
        # How long an answer takes is not known; a first answer, for which many may wait, is looked for often.
        soon = min(0.5, max(0.002, window / 200)) if learned else 0.02
        if alone or oldest is None:
            return soon
        until_free = float(oldest) + window - now + 0.001
        return min(until_free, soon) if flying else max(until_free, 0.001)

    def _bury_the_dead(self, key: str, now: float) -> int:
        """Requests of killed processes can't be answered any more: they count from now on as answered."""
        flying = self._database.execute(
            "SELECT DISTINCT owner FROM slots WHERE key = ? AND answered IS NULL", (key,)
        ).fetchall()
        dead = [(now, owner) for (owner,) in flying if has_died(owner)]
        self._database.executemany("UPDATE slots SET answered = ? WHERE owner = ? AND answered IS NULL", dead)
        return len(dead)

    def settle(self, request: str, answer: Answer | None) -> None:
        self._transaction(lambda: self._settle(request, answer))

    def _settle(self, request: str, answer: Answer | None) -> None:
        now = time.time()
        db = self._database
        if answer is None:  # it may be counted in any of the groups that it was thought to be in
            db.execute("UPDATE slots SET answered = ? WHERE request = ?", (now, request))
            return
        db.execute(
            "INSERT INTO groups VALUES (:key, COALESCE(:allowed, :assumed_allowed), COALESCE(:window, :assumed_window),"
            " :learned, :blocked) ON CONFLICT (key) DO UPDATE SET"
            " allowed = COALESCE(:allowed, allowed), window = COALESCE(:window, window),"
            " learned = CASE WHEN MAX(:blocked, blocked_until) > :now THEN 0 ELSE MAX(learned, :learned) END,"
            " blocked_until = MAX(:blocked, blocked_until)",
            {
                "key": answer.key,
                "allowed": answer.allowed,
                "assumed_allowed": answer.assumed.allowed,
                "window": answer.window,
                "assumed_window": answer.assumed.window,
                "learned": int(answer.learned and not answer.penalty),
                "blocked": now + answer.penalty if answer.penalty else 0.0,
                "now": now,
            },
        )
        if answer.learned and not answer.penalty:  # a probe of the other groups ended well, too
            db.execute(
                "UPDATE groups SET learned = 1 WHERE blocked_until <= ? AND key != ?"
                " AND key IN (SELECT key FROM slots WHERE request = ?)",
                (now, answer.key, request),
            )
        db.execute("DELETE FROM slots WHERE request = ? AND key != ?", (request, answer.key))
        done = db.execute("UPDATE slots SET answered = ? WHERE request = ?", (now, request))
        if not done.rowcount:  # it was counted in another group than the one assumed
            row = (request, answer.key, self._owner, now, now, now)
            db.execute("INSERT INTO slots VALUES (?, ?, ?, ?, ?, ?)", row)
        if answer.used is not None:
            window = answer.window or answer.assumed.window
            self._see_others(answer.key, answer.used, answer.sent - window, now)

    def _see_others(self, key: str, counted: int, since: float, now: float) -> None:
        """What the server counts beyond our own slots was used by other clients."""
        (known,) = self._database.execute(
            "SELECT COUNT(*) FROM slots WHERE key = ? AND (answered IS NULL OR answered > ?)", (key, since)
        ).fetchone()
        row = (FOREIGN, key, FOREIGN, now, now, now)
        self._database.executemany("INSERT INTO slots VALUES (?, ?, ?, ?, ?, ?)", [row] * (counted - known))

    def give_back(self, request: str) -> None:
        self._transaction(lambda: self._database.execute("DELETE FROM slots WHERE request = ?", (request,)))

    def announced(self, key: str) -> tuple[int, float] | None:
        row = self._transaction(
            lambda: self._database.execute("SELECT allowed, window FROM groups WHERE key = ?", (key,)).fetchone(),
            "BEGIN",
        )
        return (int(row[0]), float(row[1])) if row and is_limit(*row) else None

    # --- facts ---------------------------------------------------------------------------------

    def get(self, key: str) -> Any:
        row = self._transaction(
            lambda: self._database.execute(
                "SELECT value FROM facts WHERE key = ? AND expires > ?", (key, time.time())
            ).fetchone(),
            "BEGIN",
        )
        return json.loads(row[0]) if row else None

    def put(self, key: str, value: Any, seconds: float) -> None:
        now = time.time()

        def write() -> None:
            self._database.execute("DELETE FROM facts WHERE expires < ?", (now,))
            self._database.execute(
                "INSERT OR REPLACE INTO facts VALUES (?, ?, ?)", (key, json.dumps(value), now + seconds)
            )

        self._transaction(write)

    def forget(self, key: str) -> None:
        self._transaction(lambda: self._database.execute("DELETE FROM facts WHERE key = ?", (key,)))

    def facts(self, prefix: str) -> dict[str, Any]:
        rows = self._transaction(
            lambda: self._database.execute(
                "SELECT key, value FROM facts WHERE substr(key, 1, ?) = ? AND expires > ?",
                (len(prefix), prefix, time.time()),
            ).fetchall(),
            "BEGIN",
        )
        return {key: json.loads(value) for key, value in rows}

    @contextlib.contextmanager
    def lock(self, name: str) -> Iterator[None]:
        with contextlib.ExitStack() as stack:
            if self._directory is not None:
                # On a full disk there may be no lock; at worst, two processes do what one would do for both.
                with contextlib.suppress(OSError):
                    stack.enter_context(files.locked(self._directory / f"{name}.lock"))
            yield

    # --- the file ------------------------------------------------------------------------------

    @property
    def lasting(self) -> bool:
        return self._directory is not None

    def close(self) -> None:
        self._database.close()

    def _transaction(self, work: Callable[[], T], begin: str = "BEGIN IMMEDIATE") -> T:
        with self._one_thread:
            for instead in (self._opened_again, self._alone):
                try:
                    return self._run(work, begin)
                except sqlite3.DatabaseError as error:
                    if self._directory is None:
                        raise
                    old, self._database = self._database, instead(error, self._database)
                    old.close()
            return self._run(work, begin)

    def _run(self, work: Callable[[], T], begin: str) -> T:
        self._database.execute(begin)
        try:
            result = work()
            self._database.execute("COMMIT")
        except BaseException:
            with contextlib.suppress(sqlite3.Error):
                self._database.execute("ROLLBACK")
            raise
        return result

    def _connect(self, known: sqlite3.Connection | None = None) -> sqlite3.Connection:
        """Open the file, else continue alone with what is `known`."""
        if self._directory is None:
            return self._open(":memory:")
        try:
            return self._open_file(self._directory / "state.db")
        except sqlite3.DatabaseError as error:
            if not _is_damage(error):
                return self._alone(error, known)
            self._set_aside()
        try:
            return self._open_file(self._directory / "state.db")
        except sqlite3.DatabaseError as error:
            return self._alone(error, known)

    def _opened_again(self, error: sqlite3.DatabaseError, known: sqlite3.Connection) -> sqlite3.Connection:
        if _is_damage(error):
            known.close()
            self._set_aside()
        return self._connect(known)

    def _alone(self, error: sqlite3.DatabaseError, known: sqlite3.Connection | None = None) -> sqlite3.Connection:
        """Continue in memory, with everything that can still be read: of a full disk that is all there is."""
        self._warn(
            f"The state in {self._directory} can't be used ({error}): this process keeps its own state,"
            " so limits are not shared with other processes, and what is learned is lost with it."
        )
        self._directory = None
        database = self._open(":memory:")
        if known is not None:
            with contextlib.suppress(sqlite3.Error):
                known.backup(database)
        return database

    def _open_file(self, path: Path) -> sqlite3.Connection:
        try:
            # Only a file that is new may be opened and closed next to SQLite: closing it would release the locks
            # that this process holds on it through SQLite, and two processes would write at once.
            files.make(path)
            with self.lock("open"):  # SQLite does not wait for another process that is changing to WAL
                return self._open(str(path))
        except OSError as error:
            raise sqlite3.OperationalError(f"can't open {path}: {files.why(error)}") from error

    def _open(self, path: str) -> sqlite3.Connection:
        database = sqlite3.connect(path, timeout=_LOCKED_SECONDS, isolation_level=None, check_same_thread=False)
        try:
            database.execute("PRAGMA journal_mode = WAL")
            database.execute("PRAGMA synchronous = NORMAL")
            if not database.execute("SELECT 1 FROM sqlite_master WHERE name = 'facts'").fetchone():
                database.executescript(_SCHEMA)
            # Reads through every column that is used, so that a file with other tables is noticed here.
            database.execute("SELECT allowed, window, learned, blocked_until FROM groups LIMIT 1").fetchone()
            database.execute("SELECT request, owner, taken, held_until FROM slots LIMIT 1").fetchone()
        except sqlite3.OperationalError as error:
            database.close()
            if str(error).startswith("no such "):
                raise sqlite3.DatabaseError(f"it is not a state file of this collection: {error}") from error
            raise
        except BaseException:
            database.close()
            raise
        return database

    def _set_aside(self) -> None:
        """Move a damaged file out of the way, once, however many processes find it so."""
        if self._directory is None:
            return
        path = self._directory / "state.db"
        with self.lock("repair"):
            try:
                self._open_file(path).close()
            except sqlite3.DatabaseError as still:
                if not _is_damage(still):
                    return
                aside = f"state.db.unusable-{time.time_ns()}"
                with contextlib.suppress(OSError):
                    files.set_aside(path, aside)
                    for suffix in ("-wal", "-shm"):
                        with contextlib.suppress(OSError):
                            files.set_aside(path.with_name(path.name + suffix), aside + suffix)
                    self._warn(
                        f"The state file {path} could not be used ({still}). It was set aside as {aside};"
                        " a new one was begun. Logins and learned limits start again."
                    )


def _is_damage(error: sqlite3.DatabaseError) -> bool:
    """Whether the file is no database, or a broken one. A full disk, a lock, an I/O error are no damage: Python has
    classes of their own for what is not about the file's content."""
    return error.__class__ is sqlite3.DatabaseError


def own_directory(state_dir: str | None, warn: Callable[[str], None]) -> Path | None:
    """A directory that belongs to this user, and that not everybody can write to. One that is made is closed to others."""
    if state_dir:
        path = Path(os.path.expanduser(state_dir))
        try:
            return _private(path)
        except PermissionError as error:
            raise InvalidInput(
                f"state_dir {path} can't be used: {error}.",
                "state_dir",
                "Give every user of this machine a state_dir of their own (RC_STATE_DIR), or share"
                " limits through a common store.",
            ) from error
        except OSError as error:  # a full disk, for one
            warn(f"state_dir {path} can't be made: {files.why(error)}. {_UNSHARED}")
            return None
    homes = [os.environ.get("XDG_STATE_HOME") or os.path.expanduser("~/.local/state")]
    # A container's user may have no home, and may be in no list of users.
    paths = [Path(home) / "itops.ringcentral" for home in homes if os.path.isabs(home)]
    for path in (*paths, Path(tempfile.gettempdir()) / f"itops.ringcentral-{os.geteuid()}"):
        try:
            return _private(path)
        except OSError:
            continue
    warn(f"No directory for shared state could be made. {_UNSHARED} Set state_dir.")
    return None


def _private(path: Path) -> Path:
    """Make `path` if it is not there. Raises PermissionError when it is none of this user's own, OSError when it can't
    be made for another reason."""
    try:
        files.make_directory(path, files.PRIVATE_DIRECTORY)
    except FileExistsError as error:
        raise PermissionError(f"{path} is not a directory") from error
    except (NotADirectoryError, PermissionError) as error:
        raise PermissionError(f"it can't be made: {files.why(error)}") from error
    info = path.lstat()
    if not stat.S_ISDIR(info.st_mode):
        raise PermissionError(f"{path} is not a directory of its own (a link?)")
    if info.st_uid != os.geteuid():
        raise PermissionError(f"it belongs to user id {info.st_uid}, not to {os.geteuid()}")
    if info.st_mode & stat.S_IWOTH:  # as /tmp, where others could put files that are taken for ours
        raise PermissionError("everybody can write to it")
    if not os.access(path, os.W_OK | os.X_OK):
        raise PermissionError("it can't be written to")
    return path
