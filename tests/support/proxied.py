# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A server over TLS that has one answer, and a proxy that leads to it, whatever host is named."""

from __future__ import annotations

import contextlib
import json
import select
import socket
import socketserver
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from .authority import server_side


def answers(content: Any) -> type[BaseHTTPRequestHandler]:
    """What answers each request with this JSON."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = json.dumps(content).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_of: Any) -> None:
            pass

    return Handler


@contextlib.contextmanager
def tls_server(certificate: Path, answer: Any) -> Iterator[int]:
    """Answers each request with this JSON; the port."""

    class Server(ThreadingHTTPServer):
        def handle_error(self, *_of: Any) -> None:  # a client that does not accept the certificate
            pass

    server = Server(("127.0.0.1", 0), answers(answer))
    context = server_side(certificate)
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    with _running(server):
        yield server.server_address[1]


@contextlib.contextmanager
def proxy_to(port: int) -> Iterator[tuple[str, list[str]]]:
    """Leads each tunnel to this port of the loopback: (its address, the hosts that were asked for)."""
    asked: list[str] = []

    class Tunnel(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            asked.append(self.rfile.readline().decode().split()[1])
            while self.rfile.readline().strip():
                pass
            with socket.create_connection(("127.0.0.1", port)) as there:
                self.wfile.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
                ends = {self.connection: there, there: self.connection}
                while True:
                    for end in select.select(list(ends), (), ())[0]:
                        data = end.recv(65536)
                        if not data:
                            return
                        ends[end].sendall(data)

    class Proxy(socketserver.ThreadingTCPServer):
        daemon_threads = True

        def handle_error(self, *_of: Any) -> None:
            pass

    server = Proxy(("127.0.0.1", 0), Tunnel)
    with _running(server):
        yield f"http://127.0.0.1:{server.server_address[1]}", asked


@contextlib.contextmanager
def _running(server: socketserver.BaseServer) -> Iterator[None]:
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
