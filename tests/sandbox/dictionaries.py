# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the account begins with: names, roles, sites, and RingCentral's dictionaries in small."""

from __future__ import annotations

from typing import Any

ACCOUNT_ID = 37439510
ADMIN_ID = 1850023001
FIRST_ID = 1850100001
OTHER_ACCOUNT_ID = 37439599
OTHER_FIRST_ID = 1850090001
MAIN_NUMBER = "+14155550100"

ROLES: list[dict[str, Any]] = [
    {"id": str(number), "displayName": name, "description": about, "custom": custom, "scope": scope}
    for number, name, about, custom, scope in (
        (1, "Super Admin", "Everything", False, "Account"),
        (2, "Standard (International)", "A user who may call abroad", False, "Self"),
        (3, "Standard", "A user", False, "Self"),
        (4, "User Admin", "Manages users", False, "AllExtensions"),
        (5, "Phone System Admin", "Manages the phone system", False, "Account"),
        (6, "Billing Admin", "Manages billing", False, "Account"),
        (7001, "Sales Manager", "Leads a sales team", True, "Self"),
        (7002, "Support Agent", "Answers customers", True, "Self"),
    )
]
DEFAULT_ROLE = "2"
# Those of the United States, in small.
STATES = {"CA": "California", "IL": "Illinois", "NY": "New York", "TX": "Texas", "WA": "Washington"}
SITES: list[dict[str, Any]] = [
    {"id": "main-site", "name": "Main Site", "extensionNumber": "100", "code": "10"},
    {"id": "1850024001", "name": "London", "extensionNumber": "110", "code": "20"},
    {"id": "1850024002", "name": "Zürich", "extensionNumber": "120", "code": "30"},
]
TEMPLATES: list[dict[str, Any]] = [
    {
        "id": "70001",
        "name": "Support agents",
        "type": "UserSettings",
        "description": "Hours, notifications",
        "creationTime": "2026-02-03T09:00:00.000Z",
        "lastModifiedTime": "2026-05-06T10:30:00.000Z",
    },
    {"id": "70002", "name": "After hours to voicemail", "type": "CallHandling"},
]
COST_CENTERS: list[dict[str, Any]] = [
    {"id": 224149000, "name": "Root", "billingCode": "0000"},
    {"id": 224150000, "name": "Sales EMEA", "billingCode": "4100"},
]
CUSTOM_FIELDS: list[dict[str, Any]] = [
    {"id": "4011", "category": "User", "displayName": "Badge"},
    {"id": "4012", "category": "User", "displayName": "Floor"},
]
TIMEZONES: list[dict[str, Any]] = [
    {"id": number, "name": name, "description": about, "bias": bias}
    for number, name, about, bias in (
        ("58", "US/Pacific", "Pacific Time (US & Canada)", "-480"),
        ("56", "US/Mountain", "Mountain Time (US & Canada)", "-420"),
        ("55", "US/Central", "Central Time (US & Canada)", "-360"),
        ("54", "US/Eastern", "Eastern Time (US & Canada)", "-300"),
        ("23", "Europe/London", "GMT: Dublin, Edinburgh, Lisbon, London", "0"),
        ("20", "Europe/Zurich", "Amsterdam, Berlin, Bern, Zurich", "60"),
        ("6", "Asia/Tokyo", "Osaka, Sapporo, Tokyo", "540"),
    )
]
LANGUAGES: list[dict[str, Any]] = [
    {"id": number, "name": name, "localeCode": locale, "isoCode": iso, "greeting": True, "ui": True}
    for number, name, locale, iso in (
        ("1033", "English (United States)", "en-US", "en"),
        ("2057", "English (United Kingdom)", "en-GB", "en"),
        ("1031", "German (Germany)", "de-DE", "de"),
        ("1036", "French (France)", "fr-FR", "fr"),
        ("1066", "Vietnamese", "vi-VN", "vi"),
    )
]
COUNTRIES: list[dict[str, Any]] = [
    {"id": number, "name": name, "isoCode": iso, "callingCode": code}
    for number, name, iso, code in (
        ("1", "United States", "US", "1"),
        ("224", "United Kingdom", "GB", "44"),
        ("204", "Switzerland", "CH", "41"),
        ("75", "Germany", "DE", "49"),
    )
]

FIRST_NAMES = (
    "Amara", "Zoë", "Björn", "Carlos", "Dana", "Emeka", "Fatima", "Giulia", "Hiroshi", "Ines", "João", "Katarzyna",
    "Mei", "Liam", "Noah", "Olga", "Priya", "Quentin", "Rosa", "Sven", "Thảo", "Uma", "Víctor", "Wanjiru", "Yusuf",
)  # fmt: skip
LAST_NAMES = (
    "O'Brien-Nguyễn", "Okafor", "Lindström", "García", "Smith", "Adeyemi", "Haddad", "Rossi", "Tanaka", "Silva",
    "Fernández", "Nowak", "Murphy", "Chen", "Johansson", "Ivanova", "Sharma", "Dubois", "Moreno", "Müller",
)  # fmt: skip
QUEUES = ("Sales", "Support", "Reception", "Zürich Après-Ski")
DEPARTMENTS = ("Sales", "Support", "Engineering", "Finance", "People")
TITLES = ("Agent", "Manager", "Engineer", "Analyst", "Specialist")
