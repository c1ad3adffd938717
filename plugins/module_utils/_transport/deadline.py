# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A time for the whole answer. The timeouts of `requests` begin again with each byte, and a slow one may last for ever."""

from __future__ import annotations

import contextlib
import http.client
import io
import socket
import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import requests


class _Timed(io.RawIOBase):
    """What comes from a socket until a moment."""

    def __init__(self, raw: Any, connection: socket.socket, until: float) -> None:
        self._raw, self._connection, self._until = raw, connection, until

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        left = self._until - time.monotonic()
        if left <= 0:
            raise socket.timeout("the answer was not whole in time")
        usual = self._connection.gettimeout()
        self._connection.settimeout(left)
        try:
            count: int | None = self._raw.readinto(buffer)
            return count
        finally:
            with contextlib.suppress(OSError):  # it may be closed by now
                self._connection.settimeout(usual)

    def fileno(self) -> int:
        number: int = self._raw.fileno()
        return number

    def close(self) -> None:
        self._raw.close()
        super().close()


def adapter(timeout: float, connections: int) -> requests.adapters.HTTPAdapter:
    """Connections for a session, that read answers until the timeout after they were asked for."""
    from requests.adapters import HTTPAdapter
    from urllib3 import HTTPConnectionPool, HTTPSConnectionPool

    class Response(http.client.HTTPResponse):
        def __init__(self, sock: socket.socket, *args: Any, **options: Any) -> None:
            super().__init__(sock, *args, **options)
            raw: Any = self.fp.detach()
            self.fp = io.BufferedReader(_Timed(raw, sock, time.monotonic() + timeout))

    def timed(pool: Any) -> Any:
        connection = type("Connection", (pool.ConnectionCls,), {"response_class": Response})
        return type("Pool", (pool,), {"ConnectionCls": connection})

    pools = {"http": timed(HTTPConnectionPool), "https": timed(HTTPSConnectionPool)}

    class Adapter(HTTPAdapter):
        def init_poolmanager(self, *args: Any, **options: Any) -> None:
            super().init_poolmanager(*args, **options)
            self.poolmanager.pool_classes_by_scheme = pools

        def proxy_manager_for(self, *args: Any, **options: Any) -> Any:
            manager = super().proxy_manager_for(*args, **options)
            manager.pool_classes_by_scheme = pools
            return manager

    return Adapter(pool_maxsize=connections)
