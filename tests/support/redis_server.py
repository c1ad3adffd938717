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


class RedisServer:
    """Keeps nothing on disk, and ends with `stop`.

    With `tls` it speaks nothing else: with the certificate and key in that file, or as whom its own cert.pem names.
    """

    def __init__(self, directory: Path, tls: bool | Path = False) -> None:
        assert COMMAND, "there is no redis-server on this machine"
        self._directory = directory
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = int(free.getsockname()[1])
        self.url = f"redis://:{PASSWORD}@127.0.0.1:{self.port}/0"
        self._options = ["--port", str(self.port)]
        if isinstance(tls, Path):
            self.url = self.url.replace("redis:", "rediss:")
            self._options = ["--port", "0", "--tls-port", str(self.port), "--tls-auth-clients", "no"]
            self._options += ["--tls-cert-file", str(tls), "--tls-key-file", str(tls), "--tls-ca-cert-file", str(tls)]
        elif tls:
            command = (
                "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -keyout key.pem -out cert.pem"
            )
            named = ["-addext", "subjectAltName=IP:127.0.0.1"]
            subprocess.run([*command.split(), *named], cwd=directory, check=True, capture_output=True)
            self.url = f"{self.url.replace('redis:', 'rediss:')}?ssl_ca_certs={directory}/cert.pem"
            self._options = ["--port", "0", "--tls-port", str(self.port), "--tls-auth-clients", "no"]
            self._options += ["--tls-cert-file", f"{directory}/cert.pem", "--tls-key-file", f"{directory}/key.pem"]
            self._options += ["--tls-ca-cert-file", f"{directory}/cert.pem"]
        self._process: subprocess.Popen[bytes] | None = None
        self.start()

    def start(self) -> None:
        """Start it, empty; again after `stop`."""
        options = [*self._options, "--bind", "127.0.0.1", "--requirepass", PASSWORD]
        self._process = subprocess.Popen(
            [str(COMMAND), *options, "--save", "", "--appendonly", "no", "--dir", str(self._directory)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for _try in range(1000):
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            except OSError:
                time.sleep(0.01)
        raise AssertionError("redis-server did not start")

    def stop(self) -> None:
        if self._process:
            self._process.terminate()
            self._process.wait(10)
            self._process = None
