# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What to do about an error, by RingCentral's code, by OAuth's name, or by the status."""

from __future__ import annotations

import re

# What to do about it, by error code. Codes and meanings: RingCentral's error reference and practice.
HINTS = {
    "ACT-331": "RingCentral does not take this image; try another size or format.",
    "CMN-101": "Correct the value of this parameter.",
    "CMN-102": "It may have been deleted, or the id belongs to another account.",
    "CMN-109": "The account's plan does not include this feature.",
    "CMN-304": "The same request still runs elsewhere: see the result of it, and try again.",
    "CMN-401": "Add the app permission '{scope}' to the app in RingCentral's developer console, then use a new JWT.",
    "CMN-402": "The user of the JWT lacks a permission: give that user a role that includes it.",
    "CMN-404": "The user of the JWT may not do this to that extension: use an administrator's JWT.",
    "CMN-406": "Another extension already has this value. Choose another one, or free it first.",
    "CMN-408": "The user of the JWT lacks the permission {permission}: give that user a role that includes it.",
    "EXT-413": "The account signs in through SSO: leave `password` out.",
    "CMN-468": "The account has the other kind of call handling, and this request is for the one that it does not have.",
    "SUB-505": "RingCentral allows 30 subscriptions to a user of an app. List them with"
    " rc_subscription_info and remove unused ones.",
    "SUB-508": "RingCentral does not know one of the event filters, or the app or its user may not see those events: correct"
    " the filter, or add what it needs to the app and to the user's role.",
}
_GRANT = (
    "The app is not allowed to log in this way: enable '{grant}' for it in RingCentral's developer console, under the app's"
    " Auth settings."
)
_OTHER_APP = (
    "Sandbox and production have different apps, and a JWT works with those that it was made for: check server_url."
)
_CLIENT = (
    "client_id or client_secret (RC_APP_CLIENT_ID, RC_APP_CLIENT_SECRET) is not that of the app: copy both again from the"
    " app's Credentials page; sandbox and production have different ones."
)
_CREDENTIAL = (
    "The {option} was refused: it is expired, revoked, made for another app, or made for another server than {server}. Create"
    " a new one."
)
_SUSPENDED = (
    "The user who logs in can't: see the user's status and type in the Admin Portal, or make a JWT of another user."
)
_LOCKED_OUT = (
    "The user who logs in is locked out after too many wrong logins: wait, or unlock the user in the Admin Portal."
)
# What to do about a login that is refused, by error code. RingCentral's own table has most of them.
LOGIN_HINTS = {
    "OAU-105": _SUSPENDED,
    "OAU-112": _GRANT,
    "OAU-120": _CLIENT,
    "OAU-121": _CLIENT,
    "OAU-123": _CLIENT,
    "OAU-125": _GRANT,
    "OAU-128": _CREDENTIAL,
    "OAU-129": _CREDENTIAL,
    "OAU-134": _CLIENT,
    "OAU-136": _SUSPENDED,
    "OAU-140": _CREDENTIAL,
    "OAU-141": _SUSPENDED,
    "OAU-142": "The account can't be used in its present state: see it in the Admin Portal, or ask RingCentral's support.",
    "OAU-146": _CLIENT,
    "OAU-147": _LOCKED_OUT,
    "OAU-148": _LOCKED_OUT,
    "OAU-149": _CREDENTIAL,
    "OAU-151": "RingCentral does not take client_id and client_secret from this app: it must be an app that has a secret.",
    "OAU-153": _CLIENT,
    "OAU-210": _CREDENTIAL,
    "OAU-211": _CREDENTIAL,
    "OAU-213": _CREDENTIAL,
    "OAU-250": f"{_GRANT} {_OTHER_APP}",
    "OAU-251": f"{_GRANT} {_OTHER_APP}",
}
# The same by OAuth's own names, for a code that has no hint.
OAUTH_HINTS = {
    "unauthorized_client": _GRANT,
    "unsupported_grant_type": _GRANT,
    "invalid_client": _CLIENT,
    "invalid_grant": _CREDENTIAL,
}
# What RingCentral wants of a webhook before it subscribes it; SUB-521 is no answer, SUB-525 one that is wrong.
WEBHOOK_CODES = re.compile(r"SUB-52\d")
WEBHOOK_HINT = (
    "Before it subscribes an address, RingCentral sends it a POST with a header Validation-Token. It must be reachable from"
    " the internet by TLS 1.2 or newer, and answer within 3 seconds with status 200, Content-Type: application/json, the same"
    " Validation-Token header, and 1024 bytes at most, headers included."
)
STATUS_HINTS = {
    401: "Check client_id, client_secret and the JWT (RC_APP_CLIENT_ID, RC_APP_CLIENT_SECRET, RC_USER_JWT).",
    403: "Check the app's permissions ({scope}) and the role of the user whose JWT is used.",
    423: "Something else is changing it at the moment: wait until that has finished, then run it again.",
    500: "RingCentral had an internal error; try again later, and give its support the request id.",
    502: "RingCentral could not be reached behind its gateway; try again later.",
    503: "RingCentral is not available at the moment; try again later.",
    504: "RingCentral did not answer in time behind its gateway; try again later.",
}
SCIM_HINT = (
    "RingCentral's SCIM needs an Enterprise or Ultra plan with single sign-on (SAML 2.0) configured, and is switched on in"
    " the Admin Portal under Tools, User Management, SCIM."
)
LICENSE_HINT = "No licence is left: buy one, or delete a user who has left, in the Admin Portal."
