# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Servers that mean the same and say it in another form: a layer over the answers, for tests that invent such servers."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

Json = dict[str, Any]
# What an answer may leave out without meaning anything else.
OPTIONAL = (
    "uri", "navigation", "paging.totalPages", "paging.totalElements", "paging.page", "permissions", "profileImage",
    "creationTime", "lastModifiedTime", "hidden", "setupWizardState", "account", "siteCompatible",
)  # fmt: skip
NULLABLE = ("department", "jobTitle", "company", "businessPhone", "mobilePhone", "extensionNumber", "statusInfo")
LISTS = ("references", "customFields", "departments", "serviceFeatures")
UNKNOWN: Json = {"id": "7", "status": "Failed", "records": [], "errors": [], "name": None}


class Habits(BaseModel):
    """How this server's form differs. Nothing of it is published or observed: it is what a client has to bear."""

    model_config = ConfigDict(extra="forbid")

    codes: Literal["", "lower", "upper"] = ""
    groups: Literal["", "title", "upper"] = ""
    ids: Literal["", "text", "number"] = ""
    page_size: int = 0
    without: list[str] = []
    unknown: bool = False
    empty_lists: Literal["", "left out", "added"] = ""
    nulls: bool = False
    reverse: bool = False
    errors_with_200: bool = False

    def status(self, status: int) -> int:
        """The status with which an answer is sent: some servers refuse with 200 and report why in the body."""
        return 200 if self.errors_with_200 and status in (400, 404) else status

    def headers(self, headers: dict[str, str]) -> dict[str, str]:
        name = "X-Rate-Limit-Group"
        if not self.groups or name not in headers:
            return headers
        return {**headers, name: headers[name].title() if self.groups == "title" else headers[name].upper()}

    def body(self, body: Any) -> Any:
        """An answer in this server's form."""
        return self._of(body, "") if isinstance(body, dict) else body

    def _of(self, value: Any, key: str) -> Any:
        if isinstance(value, list):
            return [self._of(item, key) for item in (reversed(value) if self._turned(value, key) else value)]
        if isinstance(value, dict):
            return self._object(value, key)
        return self._leaf(value, key)

    def _turned(self, value: list[Any], key: str) -> bool:
        """Whether the order of a list means nothing, for each of its items says what it is about."""
        return self.reverse and key in ("records", "result", "roles") and all(isinstance(item, dict) for item in value)

    def _object(self, value: Json, key: str) -> Json:
        found = {name: self._of(item, name) for name, item in value.items() if not self._left_out(key, name, item)}
        if "contact" in found:
            for name in LISTS if self.empty_lists == "added" else ():
                found.setdefault(name, [])
        if self.nulls and key == "contact":
            found.update({name: None for name in NULLABLE if name not in found})
        if self.nulls and not found.get("records", True) and "totalElements" in found.get("paging", {}):
            found["records"] = None  # `paging` says that the list is empty
        if self.unknown and key not in ("contact", "errors"):
            found["unheardOf"] = UNKNOWN
        return found

    def _left_out(self, key: str, name: str, item: Any) -> bool:
        if self.empty_lists == "left out" and item == [] and name != "records":
            return True
        return name in self.without or f"{key}.{name}" in self.without

    def _leaf(self, value: Any, key: str) -> Any:
        if key == "errorCode" and self.codes:
            return str(value).lower() if self.codes == "lower" else str(value).upper()
        if key in ("id", "extensionId") and self.ids and not isinstance(value, bool):
            if self.ids == "number":
                return int(value) if str(value).isdecimal() else value
            return str(value)
        return value
