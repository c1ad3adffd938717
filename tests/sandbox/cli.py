# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The command line: `python tests/sandbox --help`."""

from __future__ import annotations

import argparse
import os
import socket
import sys
import threading
import time
from pathlib import Path

import uvicorn

from .behaviours import ALL
from .door import environment
from .server import Server
from .settings import Settings

ABOUT = "A RingCentral to try things against on loopback: REST, OAuth, SCIM, WebSocket, with its rules and limits."


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python tests/sandbox", description=ABOUT)
    add = parser.add_argument
    add("--port", type=int, default=8123, help="port on 127.0.0.1; 0 takes a free one (default: 8123)")
    add(
        "--profile",
        choices=["platform", "guide", "observed"],
        default="platform",
        help="whose reading of the API to follow",
    )
    add(
        "--behave",
        default="",
        metavar="NAME,…",
        help=f"habits of real accounts; the profile observed has all, -NAME takes one away ({', '.join(sorted(ALL))})",
    )
    add(
        "--settle",
        type=float,
        default=20.0,
        metavar="SECONDS",
        help="how long slow-visibility hides a new extension, and locks holds one that was changed (default: 20)",
    )
    add("--time-scale", type=float, default=1.0, help="sandbox seconds in a second; 60 makes its minute last a second")
    add("--users", type=int, default=25, help="users to begin with (default: 25)")
    add("--seats", type=int, default=0, help="Unassigned extensions to begin with")
    add("--queues", type=int, default=0, help="call queues to begin with, with users as members")
    add("--free-numbers", type=int, default=5, help="phone numbers in the inventory")
    add("--call-handling", choices=["new", "older"], default="new", help="which kind of call handling the account has")
    add("--licences", type=int, help="paid lines in all (default: 500 more than are in use)")
    add("--roles", type=int, default=0, help="custom roles besides the usual ones")
    add("--latency", type=float, default=0.0, metavar="MS", help="milliseconds of sandbox time before each answer")
    add(
        "--without", default="", metavar="OPERATION,…", help="operations that the account lacks; OPERATION=405 says how"
    )
    add("--without-permissions", default="", metavar="NAME,…", help="user permissions that the administrator lacks")
    add("--limits", default="", metavar="GROUP=N/S,…", help="other limits, such as Heavy=5/60,Medium=80/30")
    add("--groups", default="", metavar="OPERATION=GROUP,…", help="operations counted in another group")
    add("--refresh-tokens", action="store_true", help="give a refresh token with each login")
    add("--sso", action="store_true", help="the account signs in through SSO and refuses passwords")
    add("--reencode-images", action="store_true", help="keep other images than were sent, as RingCentral may")
    add(
        "--scim-lag",
        type=float,
        default=0.0,
        metavar="SECONDS",
        help="how late REST shows SCIM's writes, and SCIM REST's",
    )
    add(
        "--subscription-ceiling",
        type=float,
        default=1209600.0,
        metavar="SECONDS",
        help="how long a subscription lives at most (default: 20160 minutes)",
    )
    add("--webhook-timeout", type=float, default=3.0, help="real seconds in which a webhook has to answer")
    add("--webhook-failures", type=int, default=3, help="deliveries in a row that fail until it is blacklisted")
    for option, seconds, about in (
        ("--recovery-timeout", 180.0, "how long a WebSocket that was lost can be recovered"),
        ("--idle-timeout", 1800.0, "how long a WebSocket lasts whose client says nothing"),
        ("--absolute-timeout", 86400.0, "how long a WebSocket lasts at most"),
    ):
        add(option, type=float, default=seconds, metavar="SECONDS", help=f"{about} (default: {seconds:g})")
    add("--env-file", type=Path, help="write the RC_… variables that reach the sandbox to this file")
    add("--exit-with-parent", action="store_true", help="end when the process that started it has ended")
    return parser.parse_args()


def main() -> None:
    """Serve until stopped."""
    options = _arguments()
    chosen = {key: value for key, value in vars(options).items() if key in Settings.model_fields}
    server = Server(Settings(**chosen))
    listener = socket.socket(proto=socket.IPPROTO_TCP)  # else asyncio does not set TCP_NODELAY
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(("127.0.0.1", options.port))
    except OSError as error:
        sys.exit(f"The sandbox can't use port {options.port}: {error.strerror}. Choose another --port.")
    server.url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    server.restart(server.settings)
    if options.env_file:
        lines = [f"export {name}='{value}'\n" for name, value in environment(server).items()]
        with os.fdopen(os.open(options.env_file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.writelines(lines)
    if options.exit_with_parent:
        threading.Thread(target=_follow_parent, args=(os.getppid(),), daemon=True).start()
    listener.listen(1024)
    print(f"sandbox ready: {server.url} profile={options.profile} time-scale={options.time_scale:g}", flush=True)
    uvicorn.Server(
        uvicorn.Config(
            server,
            log_level="critical",
            access_log=False,
            lifespan="off",
            timeout_keep_alive=75,
            date_header=False,  # the server's clock may be another one
        )
    ).run(sockets=[listener])


def _follow_parent(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(0.5)
    os._exit(0)
