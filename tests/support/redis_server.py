# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A Redis server of the tests' own, on loopback, where the machine has one."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from pathlib import Path

COMMAND = shutil.which("redis-server")
PASSWORD = "a-password-of-the-tests-0123456789"
# Runs a server until its own standard input ends, at the latest with the process that holds the other end: ansible-test ends the
# process of a test without a word.
WITH_PARENT = ["sh", "-c", 'exec 3<&0; "$@" & server=$!; (cat <&3 >/dev/null; kill $server) & wait $server', "sh"]


class RedisServer:
    """Keeps nothing on disk, and ends with `stop`.

    With `tls` it speaks nothing else: with the certificate and key in that file, or as whom its own cert.pem names.
    """

    def __init__(self, directory: Path, tls: bool | Path = False) -> None:
        assert COMMAND, "there is no redis-server on this machine"
        self._directory = directory
        self._tls: list[str] = []
        certificate = key = tls
        if tls is True:
            certificate, key = directory / "cert.pem", directory / "key.pem"
            command = f"openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -keyout {key} -out {certificate}"
            named = ["-addext", "subjectAltName=IP:127.0.0.1"]
            subprocess.run([*command.split(), *named], check=True, capture_output=True)
        if tls:
            self._tls = ["--tls-auth-clients", "no", "--tls-cert-file", str(certificate), "--tls-key-file", str(key)]
            self._tls += ["--tls-ca-cert-file", str(certificate)]
        self._process: subprocess.Popen[bytes] | None = None
        for _try in range(10):
            with socket.socket() as free:
                free.bind(("127.0.0.1", 0))
                self.port = int(free.getsockname()[1])
            if self._started():
                break
        else:
            raise AssertionError(f"redis-server did not start: {self._log.read_text()}")
        scheme, query = ("rediss" if tls else "redis"), (f"?ssl_ca_certs={certificate}" if tls is True else "")
        self.url = f"{scheme}://:{PASSWORD}@127.0.0.1:{self.port}/0{query}"

    @property
    def _log(self) -> Path:
        return self._directory / "redis.log"

    def start(self) -> None:
        """Start it again after `stop`, empty."""
        assert self._started(), f"redis-server did not start: {self._log.read_text()}"

    def _started(self) -> bool:
        """Whether it runs: it ends at once where somebody else has taken its port meanwhile, as another test may."""
        ports = ["--port", "0", "--tls-port", str(self.port)] if self._tls else ["--port", str(self.port)]
        options = [*ports, *self._tls, "--bind", "127.0.0.1", "--requirepass", PASSWORD]
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                [
                    *WITH_PARENT,
                    str(COMMAND),
                    *options,
                    "--save",
                    "",
                    "--appendonly",
                    "no",
                    "--dir",
                    str(self._directory),
                ],
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        while self._process.poll() is None:
            if b"eady to accept connections" in self._log.read_bytes():
                return True
            time.sleep(0.01)
        self._process = None
        return False

    def stop(self) -> None:
        if self._process and self._process.stdin:
            self._process.stdin.close()
            self._process.wait(10)
            self._process = None
