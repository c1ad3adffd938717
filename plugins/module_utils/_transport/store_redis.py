# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The store of many hosts: a Redis server, which counts by its own clock, so that the hosts' need not agree.

Every change is one script that the server runs whole, in one round trip. All keys expire by themselves: a server that
is used for other things, too, is left as it was.
"""

from __future__ import annotations

import contextlib
import json
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from typing import Any

from .errors import InvalidInput
from .headers import is_limit
from .store import Answer, Group, has_died, this_process

# One hash slot for all keys, as a cluster wants it for scripts.
PREFIX = "{itops.ringcentral}:"
SECONDS_TO_CONNECT = 5.0
# Learned limits outlive a night without runs.
REMEMBER_SECONDS = 2 * 86400
# How long a lock outlives the holder who could not let it go, and how often a living one says that it is there.
LOCK_SECONDS, LOCK_RENEWED, LOCK_POLLED = 20.0, 5.0, 0.05

# The parts of a group: what is known of it; requests that were sent, by when they certainly have ended; and answered
# ones, and those of other clients, by when they were answered.
_PARTS = ("known", "flying", "answered", "foreign")
_CLOCK = """
local function clock()
  if ARGV[1] ~= '' then return tonumber(ARGV[1]) end
  local time = redis.call('TIME')
  return tonumber(time[1]) + tonumber(time[2]) / 1000000
end
local now = clock()
"""
# KEYS: four for each group. ARGV: clock, share, hold, slot, kept; then allowed, window, open of each group.
# Returns: '' and now, when the slot was taken; else the seconds to wait, now, and the slots whose answers are awaited.
_TAKE = (
    _CLOCK
    + """
local share, hold, slot, kept = tonumber(ARGV[2]), tonumber(ARGV[3]), ARGV[4], tonumber(ARGV[5])
local longest, awaited = 0, {}
for group = 1, #KEYS / 4 do
  local known, flying, answered, foreign = KEYS[4 * group - 3], KEYS[4 * group - 2], KEYS[4 * group - 1], KEYS[4 * group]
  local facts = redis.call('HMGET', known, 'allowed', 'window', 'learned', 'blocked_until')
  local allowed = tonumber(facts[1] or ARGV[3 + 3 * group])
  local window = tonumber(facts[2] or ARGV[4 + 3 * group])
  if allowed < 1 or window <= 0 then -- what an older version believed
    allowed, window = tonumber(ARGV[3 + 3 * group]), tonumber(ARGV[4 + 3 * group])
  end
  local learned = (facts[3] or ARGV[5 + 3 * group]) == '1'
  local blocked = tonumber(facts[4] or 0)
  local wait = 0
  if now < blocked and blocked < now + 3600 then
    wait = blocked - now
  else
    for _, set in ipairs({answered, foreign}) do
      redis.call('ZREMRANGEBYSCORE', set, '-inf', '(' .. string.format('%.6f', now - 2 * window - 5))
    end
    local late = redis.call('ZRANGEBYSCORE', flying, '-inf', string.format('%.6f', now), 'WITHSCORES')
    for index = 1, #late, 2 do
      redis.call('ZREM', flying, late[index])
      redis.call('ZADD', answered, late[index + 1], late[index])
    end
    local since, till = string.format('%.6f', now - window), string.format('%.6f', now + window)
    local on_way = redis.call('ZCARD', flying)
    local ours = on_way + redis.call('ZCOUNT', answered, since, till)
    local others = redis.call('ZCOUNT', foreign, since, till)
    local alone = not learned and on_way > 0
    if alone or ours >= math.max(1, math.floor(allowed * share + 0.000001)) or ours + others >= allowed then
      local oldest = nil
      for _, set in ipairs({answered, foreign}) do
        local first = redis.call('ZRANGEBYSCORE', set, since, till, 'WITHSCORES', 'LIMIT', 0, 1)
        if first[2] and (not oldest or tonumber(first[2]) < oldest) then oldest = tonumber(first[2]) end
      end
      local soon = learned and math.min(0.5, math.max(0.002, window / 200)) or 0.02
      wait = soon
      if not alone and oldest then
        local free = oldest + window - now + 0.001
        wait = on_way > 0 and math.min(free, soon) or math.max(free, 0.001)
      end
      if on_way > 0 then
        for _, member in ipairs(redis.call('ZRANGE', flying, 0, -1)) do awaited[#awaited + 1] = member end
      end
    end
  end
  longest = math.max(longest, wait)
end
if longest > 0 then
  return {string.format('%.6f', math.max(longest, 0.001)), string.format('%.6f', now), awaited}
end
for group = 1, #KEYS / 4 do
  redis.call('ZADD', KEYS[4 * group - 2], string.format('%.6f', now + hold), slot)
  redis.call('EXPIRE', KEYS[4 * group - 2], kept)
end
return {'', string.format('%.6f', now), awaited}
"""
)
# KEYS: four of the group that the answer is about, then four of each other group in which a slot was taken.
# ARGV: clock, slot, kept, remembered, allowed or '', what is assumed of it, window or '', what is assumed of it,
# learned, penalty, used or '' (how many the server counts), sent.
_SETTLE = (
    _CLOCK
    + """
local slot, kept, remembered = ARGV[2], ARGV[3], ARGV[4]
local known, flying, answered, foreign = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local learned, penalty = ARGV[9] == '1', tonumber(ARGV[10])
local facts = redis.call('HMGET', known, 'allowed', 'window', 'learned', 'blocked_until')
local allowed = ARGV[5] ~= '' and ARGV[5] or facts[1] or ARGV[6]
local window = ARGV[7] ~= '' and ARGV[7] or facts[2] or ARGV[8]
local blocked = math.max(tonumber(facts[4] or 0), penalty > 0 and now + penalty or 0)
local knows = (learned and penalty == 0) or facts[3] == '1'
if blocked > now then knows = false end
redis.call('HSET', known, 'allowed', allowed, 'window', window, 'learned', knows and '1' or '0',
           'blocked_until', string.format('%.6f', blocked))
redis.call('EXPIRE', known, remembered)
for group = 2, #KEYS / 4 do
  local other = KEYS[4 * group - 3]
  if learned and penalty == 0 and tonumber(redis.call('HGET', other, 'blocked_until') or now + 1) <= now then
    redis.call('HSET', other, 'learned', '1')
  end
  redis.call('ZREM', KEYS[4 * group - 2], slot)
  redis.call('ZREM', KEYS[4 * group - 1], slot)
end
redis.call('ZREM', flying, slot)
redis.call('ZADD', answered, string.format('%.6f', now), slot)
redis.call('EXPIRE', answered, kept)
if ARGV[11] ~= '' then
  local since = '(' .. string.format('%.6f', tonumber(ARGV[12]) - tonumber(window))
  local seen = redis.call('ZCARD', flying) + redis.call('ZCOUNT', answered, since, '+inf')
             + redis.call('ZCOUNT', foreign, since, '+inf')
  for number = seen + 1, tonumber(ARGV[11]) do
    redis.call('ZADD', foreign, string.format('%.6f', now), slot .. ':' .. number)
  end
  redis.call('EXPIRE', foreign, kept)
end
"""
)
# KEYS: flying and answered of each group. ARGV: clock, kept, slots that will not be answered any more.
_LET_GO = (
    _CLOCK
    + """
for group = 1, #KEYS / 2 do
  for index = 3, #ARGV do
    if redis.call('ZREM', KEYS[2 * group - 1], ARGV[index]) == 1 then
      redis.call('ZADD', KEYS[2 * group], string.format('%.6f', now), ARGV[index])
    end
  end
  redis.call('EXPIRE', KEYS[2 * group], ARGV[2])
end
"""
)
# KEYS: a lock. ARGV: who is believed to hold it.
_UNLOCK = "return redis.call('GET', KEYS[1]) == ARGV[1] and redis.call('DEL', KEYS[1]) or 0"
# KEYS: a lock. ARGV: who holds it, milliseconds.
_RENEW = "return redis.call('GET', KEYS[1]) == ARGV[1] and redis.call('PEXPIRE', KEYS[1], ARGV[2]) or 0"


def place(url: str) -> str:
    """The server in a URL, without user and password, for messages."""
    scheme, _sign, rest = url.partition("://")
    return f"{scheme}://{rest.rpartition('@')[2].partition('?')[0]}"


def server_errors() -> tuple[type[Exception], ...]:
    """What `redis` raises when the server can't be used."""
    from redis.exceptions import RedisError

    return RedisError, OSError


def refuses(error: Exception) -> bool:
    """Whether the server is there and one of the two does not let the other in, which waiting does not change."""
    from redis.exceptions import AuthenticationError, NoPermissionError

    tls = any(
        text in str(error).replace(" ", "_").upper() for text in ("CERTIFICATE_VERIFY_FAILED", "WRONG_VERSION_NUMBER")
    )
    return tls or isinstance(error, (AuthenticationError, NoPermissionError))


class RedisStore:
    """The store of many hosts. Raises what `server_errors` names."""

    def __init__(self, url: str, clock: Callable[[], float] | None = None) -> None:
        """
        Args:
            url: `redis://` or `rediss://` with user, password and database, and options of `redis` such as
                `?ssl_ca_certs=/etc/pki/redis.pem`. Nothing is sent yet.
            clock: time in seconds, instead of the server's own.

        Raises InvalidInput for a URL that is none, or without the library.
        """
        try:
            import redis
        except ImportError as error:
            raise InvalidInput(
                f"store_url needs the Python library redis ({error}).", "store_url", "pip install redis"
            ) from error
        try:
            self._redis: Any = redis.Redis.from_url(
                url,
                decode_responses=True,
                socket_connect_timeout=SECONDS_TO_CONNECT,
                socket_timeout=SECONDS_TO_CONNECT,
                # Some versions of the library do not check it by themselves.
                **({"ssl_check_hostname": True} if url.startswith("rediss:") else {}),
            )
        except (ValueError, TypeError) as error:
            raise InvalidInput(
                f"store_url {place(url)} can't be used: it is written as redis://:password@host:6379/0, or rediss:// for"
                " TLS.",
                "store_url",
            ) from error
        self._clock = clock
        self._owner = this_process()
        # Slots that this process has taken: the groups they are in.
        self._groups_by_request: dict[str, list[str]] = {}
        self._ahead = 0.0
        self._scripts = {text: self._redis.register_script(text) for text in (_TAKE, _SETTLE, _LET_GO, _UNLOCK, _RENEW)}

    def _run(self, script: str, keys: list[str], *arguments: Any) -> Any:
        clock = "" if self._clock is None else repr(self._clock())
        timed = [] if script in (_UNLOCK, _RENEW) else [clock]
        return self._scripts[script](keys=keys, args=[*timed, *arguments])

    # --- budgets -------------------------------------------------------------------------------

    def take(self, groups: list[Group], share: float, hold: float) -> tuple[str, float]:
        slot = f"{self._owner}|{uuid.uuid4().hex}"
        keys = [key for group in groups for key in _keys(group.key)]
        assumed = [value for group in groups for value in (group.allowed, group.window, int(group.open))]
        kept = _kept(max(group.window for group in groups), hold)
        while True:
            wait, now, awaited = self._run(_TAKE, keys, share, hold, slot, kept, *assumed)
            self._ahead = float(now) - time.time()
            if not wait:
                self._groups_by_request[slot] = [group.key for group in groups]
                return slot, 0.0
            dead = [one for one in awaited if has_died(one.partition("|")[0])]
            if not dead:
                return "", float(wait)
            self._let_go([group.key for group in groups], dead, kept)

    def settle(self, request: str, answer: Answer | None) -> None:
        groups = self._groups_by_request.pop(request, [])
        if answer is None:  # it may be counted in any of the groups that it was thought to be in
            self._let_go(groups, [request], REMEMBER_SECONDS)
            return
        others = [group for group in groups if group != answer.key]
        window = answer.window or answer.assumed.window
        self._run(
            _SETTLE,
            [key for group in (answer.key, *others) for key in _keys(group)],
            request,
            _kept(window, 0.0),
            REMEMBER_SECONDS,
            "" if answer.allowed is None else answer.allowed,
            answer.assumed.allowed,
            "" if answer.window is None else answer.window,
            answer.assumed.window,
            int(answer.learned),
            answer.penalty,
            "" if answer.used is None else answer.used,
            answer.sent + self._ahead,
        )

    def give_back(self, request: str) -> None:
        with self._redis.pipeline() as pipeline:
            for group in self._groups_by_request.pop(request, []):
                pipeline.zrem(_keys(group)[1], request)
            pipeline.execute()

    def announced(self, key: str) -> tuple[int, float] | None:
        allowed, window = self._redis.hmget(_keys(key)[0], "allowed", "window")
        known = (int(float(allowed)), float(window)) if allowed else None
        return known if known and is_limit(*known) else None

    def forget_limits(self, keys: list[str]) -> None:
        """Let one request go ahead alone in each of these groups, to learn what was used meanwhile."""
        with self._redis.pipeline() as pipeline:
            for key in keys:
                pipeline.hset(_keys(key)[0], "learned", "0")
                pipeline.hsetnx(_keys(key)[0], "blocked_until", "0")  # as after a penalty that has passed
                pipeline.expire(_keys(key)[0], REMEMBER_SECONDS)
            pipeline.execute()

    def _let_go(self, groups: list[str], slots: list[str], kept: int) -> None:
        """These will not be answered any more: they count from now on as answered."""
        self._run(_LET_GO, [key for group in groups for key in _keys(group)[1:3]], kept, *slots)

    # --- facts ---------------------------------------------------------------------------------

    def get(self, key: str) -> Any:
        text = self._redis.get(_fact(key))
        return None if text is None else json.loads(text)

    def put(self, key: str, value: Any, seconds: float) -> None:
        if seconds <= 0:
            self.forget(key)
            return
        with self._redis.pipeline() as pipeline:
            pipeline.set(_fact(key), json.dumps(value), px=max(1, int(seconds * 1000)))
            pipeline.zadd(PREFIX + "facts", {key: 0})  # equal scores: in the order of names
            pipeline.expire(PREFIX + "facts", max(REMEMBER_SECONDS, int(seconds) + 1))
            pipeline.execute()

    def forget(self, key: str) -> None:
        with self._redis.pipeline() as pipeline:
            pipeline.delete(_fact(key))
            pipeline.zrem(PREFIX + "facts", key)
            pipeline.execute()

    def facts(self, prefix: str) -> dict[str, Any]:
        names = self._redis.zrangebylex(PREFIX + "facts", f"[{prefix}", f"[{prefix}\U0010ffff")
        if not names:
            return {}
        texts = dict(zip(names, self._redis.mget([_fact(name) for name in names])))
        gone = [name for name, text in texts.items() if text is None]
        if gone:
            self._redis.zrem(PREFIX + "facts", *gone)
        return {name: json.loads(text) for name, text in texts.items() if text is not None}

    @contextlib.contextmanager
    def lock(self, name: str) -> Iterator[None]:
        key, holder = f"{PREFIX}lock:{name}", f"{self._owner}|{uuid.uuid4().hex}"
        while not self._redis.set(key, holder, nx=True, px=int(LOCK_SECONDS * 1000)):
            other = self._redis.get(key)
            if other and has_died(other.partition("|")[0]):
                self._run(_UNLOCK, [key], other)
            else:
                time.sleep(LOCK_POLLED)
        released = threading.Event()
        renewal = threading.Thread(target=self._renew, args=(key, holder, released), daemon=True)
        renewal.start()
        try:
            yield
        finally:
            released.set()
            renewal.join()
            with contextlib.suppress(*server_errors()):  # it ends by itself
                self._run(_UNLOCK, [key], holder)

    def _renew(self, key: str, holder: str, released: threading.Event) -> None:
        while not released.wait(LOCK_RENEWED):
            with contextlib.suppress(*server_errors()):
                self._run(_RENEW, [key], holder, int(LOCK_SECONDS * 1000))

    @property
    def lasting(self) -> bool:
        return True

    def close(self) -> None:
        with contextlib.suppress(*server_errors()):
            self._redis.close()


def _keys(group: str) -> list[str]:
    return [f"{PREFIX}{part}:{group}" for part in _PARTS]


def _fact(key: str) -> str:
    return f"{PREFIX}fact:{key}"


def _kept(window: float, hold: float) -> int:
    """Seconds for which slots have to be kept: the server's own windows may be longer than is known yet."""
    return int(max(2 * window + 5, 3600.0) + hold)
