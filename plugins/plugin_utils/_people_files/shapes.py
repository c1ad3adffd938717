# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The columns of files that other systems write, each system known by some of them.

One entry of SHAPES for each kind of file: what it takes to know it, what each column is for, and where the columns are
documented. HR systems write reports that each company puts together: theirs have the usual columns.

What a directory knows for itself is not used: room numbers, languages of its own pages, cost centers of accounting. Nor are
home addresses and private phone numbers. Direct numbers belong to the phone system that the file comes from.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from .column_keys import column_key, in_brackets, without_remarks
from .list_options import FULL_NAME

# What a column may be for in addition to options. A question mark behind an option: only where no other column gives a value.
ACTIVE: Final = "(active)"  # says whether a person is there, see value_maps
BLOCKED: Final = "(blocked)"  # the same the other way round
SECRET: Final = "(secret)"  # passwords
LINE_URI: Final = "(line uri)"  # tel:+14155550100;ext=2014

_GUEST = "guests of another organization"
_EXAMPLE = "the example of the template"
_NUMBERS = (
    "has direct numbers of the phone system that the file comes from: they are not used. Map the column to direct_number"
    " once the account has these numbers, or to business_phone to show them with the person"
)
_LINES = _NUMBERS.replace("not used.", "not used, the extensions behind them are.")


@dataclass(frozen=True)
class Shape:
    """A kind of file.

    Attributes:
        name: in words that follow `This is`.
        source: where its columns are documented.
        signs: columns that must all be there, spelled exactly so; `a|b` is one of them.
        uses: the columns, `a|b`, that an option or one of the uses above is read from.
        unused: other columns, separated by commas. A star stands for anything.
        leave_out: rows that are no people: for a column what its value matches, and what such a row is.
        notes: what to report of a column that has values.
    """

    name: str
    source: str
    signs: tuple[str, ...]
    uses: Mapping[str, str]
    unused: str = ""
    leave_out: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def _uses(self) -> dict[str, list[str]]:
        uses: dict[str, list[str]] = {}
        for use, columns in self.uses.items():
            for column in columns.split("|"):
                those = uses.setdefault(_key(column), [])
                if use not in those:  # E-mail and Email are one name
                    those.append(use)
        return uses

    @cached_property
    def _unused(self) -> tuple[frozenset[str], tuple[str, ...], tuple[str, ...]]:
        names = [name.strip() for name in self.unused.split(",")]
        exact = frozenset(_key(name) for name in names if "*" not in name)
        starts = tuple(_key(name) for name in names if name.endswith("*"))
        return exact, starts, tuple(_key(name) for name in names if name.startswith("*"))

    def uses_of(self, column: str) -> list[str] | None:
        """What a column is for; an empty list if it is of no use, None if it is not known."""
        exact, starts, ends = self._unused
        for key in _keys(column):
            if key in self._uses:
                return self._uses[key]
            if key in exact or (starts and key.startswith(starts)) or (ends and key.endswith(ends)):
                return []
        return None

    def find(self, column: str, columns: Iterable[str]) -> list[int]:
        """Where a column of the shape is among those of a file."""
        return [place for place, name in enumerate(columns) if _key(column) in _keys(name)]

    def is_shape_of(self, names: set[str]) -> bool:
        """Whether all signs are there; `names` as `_signs` makes them."""
        return all(any(_sign(one) in names for one in sign.split("|")) for sign in self.signs)


def _key(name: str) -> str:
    """How a column is found. Microsoft's template names attributes in brackets, in every language."""
    return f"[{column_key(name)}]" if name.startswith("[") else column_key(name)


def _keys(name: str) -> list[str]:
    plain = without_remarks(name)
    return [column_key(plain), *(f"[{column_key(inner)}]" for inner in in_brackets(plain)), column_key(name)]


def _sign(name: str) -> str:
    return name.strip().casefold()


def _signs(columns: Iterable[str]) -> set[str]:
    names: set[str] = set()
    for column in columns:
        plain = without_remarks(column)
        names |= {_sign(plain), _sign(column), *(f"[{_sign(inner)}]" for inner in in_brackets(plain))}
    return names


def shape_of(columns: Iterable[str]) -> Shape | None:
    """The kind of file that has these columns: of several the one that knows most of them."""
    columns = list(columns)
    names = _signs(columns)
    found = [shape for shape in SHAPES if shape.is_shape_of(names)]
    return max(found, key=lambda shape: sum(shape.uses_of(column) is not None for column in columns), default=None)


_NAMES = {"first_name": "First name", "last_name": "Last name"}
_MICROSOFT_ADDRESS = {
    "business_address.street": "streetAddress",
    "business_address.city": "city",
    "business_address.state": "state",
    "business_address.zip": "postalCode",
    "business_address.country": "country",
}

SHAPES: tuple[Shape, ...] = (
    Shape(
        "Okta's list of users",
        "https://developer.okta.com/docs/reference/api/users/ (default profile properties); CSV template of Directory > People",
        ("login", "firstName", "lastName"),
        {
            "first_name": "firstName",
            "last_name": "lastName",
            "email": "email",
            "email?": "login",
            "employee_id": "employeeNumber",
            "job_title": "title",
            "department": "department",
            "company": "organization",
            "business_phone": "primaryPhone",
            "mobile_phone": "mobilePhone",
            "business_address.street": "streetAddress",
            "business_address.city": "city",
            "business_address.state": "state",
            "business_address.zip": "zipCode",
            "business_address.country": "countryCode",
            "regional_settings.timezone": "timezone",
            FULL_NAME: "displayName",
            ACTIVE: "status",
            SECRET: "password",
        },
        "middleName, honorificPrefix, honorificSuffix, nickName, profileUrl, secondEmail, postalAddress, preferredLanguage,"
        "locale, userType, costCenter, division, managerId, manager, id, created, activated, statusChanged, lastLogin,"
        "lastUpdated, passwordChanged, transitioningToStatus, realmId",
    ),
    Shape(
        "Microsoft Entra's template for bulk creation",
        "https://learn.microsoft.com/en-us/entra/identity/users/users-bulk-add",
        ("[displayName]", "[userPrincipalName]", "[passwordProfile]"),
        {
            "first_name": "[givenName]",
            "last_name": "[surname]",
            "email": "[userPrincipalName]",
            "job_title": "[jobTitle]",
            "department": "[department]",
            "company": "[companyName]",
            "employee_id": "[employeeId]",
            "business_phone": "[telephoneNumber]",
            "mobile_phone": "[mobile]|[mobilePhone]",
            **{option: f"[{name}]" for option, name in _MICROSOFT_ADDRESS.items()},
            FULL_NAME: "[displayName]",
            BLOCKED: "[accountEnabled]",
            SECRET: "[passwordProfile]",
        },
        "[usageLocation], [physicalDeliveryOfficeName]",
        {
            "[displayName]": (r"(example|beispiel|exemple|ejemplo|voorbeeld|esempio|exemplo)\s*:.*", _EXAMPLE),
            "[userPrincipalName]": (r".*@contoso\.com", _EXAMPLE),
        },
    ),
    Shape(
        "Microsoft Entra's list of users",
        "https://learn.microsoft.com/en-us/entra/identity/users/users-bulk-download",
        ("userPrincipalName", "displayName", "userType", "accountEnabled"),
        {
            "first_name": "givenName",
            "last_name": "surname",
            "email": "mail",
            "email?": "userPrincipalName",
            "job_title": "jobTitle",
            "department": "department",
            "company": "companyName",
            "employee_id": "employeeId",
            "business_phone": "telephoneNumber|businessPhones",
            "mobile_phone": "mobilePhone|mobile",
            **_MICROSOFT_ADDRESS,
            FULL_NAME: "displayName",
            ACTIVE: "accountEnabled",
        },
        "id, objectId, userType, usageLocation, officeLocation, alternateEmailAddress, otherMails, ageGroup,"
        "consentProvidedForMinor, legalAgeGroupClassification, creationType, directorySynced, invitationState, identityIssuer,"
        "createdDateTime, preferredLanguage, faxNumber, employeeType, employeeHireDate, onPremises*, proxyAddresses,"
        "passwordPolicies, mailNickname, manager, signInActivity*",
        {"userType": ("guest", _GUEST), "userPrincipalName": (".*#ext#@.*", _GUEST)},
    ),
    Shape(
        "Google Workspace's list of users",
        "https://support.google.com/a/answer/40057 (add or update multiple users from a CSV file)",
        ("First Name", "Last Name", "Email Address", "Org Unit Path"),
        {
            "first_name": "First Name",
            "last_name": "Last Name",
            "email": "Email Address",
            "employee_id": "Employee ID",
            "job_title": "Employee Title",
            "department": "Department",
            "business_phone": "Work Phone",
            "mobile_phone": "Mobile Phone",
            ACTIVE: "Status|New Status",
            SECRET: "Password",
        },
        "Password Hash Function, Org Unit Path, New Primary Email, Last Sign In, Recovery Email, Home Secondary Email,"
        "Work Secondary Email, Recovery Phone, Home Phone, Work Address, Home Address, Employee Type, Manager Email,"
        "Cost Center, 2sv Enrolled, 2sv Enforced, Building ID, Floor Name, Floor Section, Email Usage, Drive Usage,"
        "Photos Usage, Total Storage, Storage *, Change Password at Next Sign-In, Licenses, New Licenses,"
        "Advanced Protection Program enrollment",
    ),
    Shape(
        "Microsoft 365's template for adding users",
        "https://learn.microsoft.com/en-us/microsoft-365/enterprise/add-several-users-at-the-same-time",
        ("Username", "Display name", "Office number", "Alternate email address|Fax"),
        {
            **_NAMES,
            "email": "Username",
            "job_title": "Job title",
            "department": "Department",
            "business_phone": "Office phone",
            "mobile_phone": "Mobile phone",
            "business_address.street": "Address",
            "business_address.city": "City",
            "business_address.state": "State or province",
            "business_address.zip": "ZIP or postal code",
            "business_address.country": "Country or region",
            FULL_NAME: "Display name",
        },
        "Office number, Fax, Alternate email address",
        {"Username": (r".*@contoso\.com", _EXAMPLE)},
    ),
    Shape(
        "Microsoft 365's list of active users",
        "https://learn.microsoft.com/en-us/microsoft-365/admin/add-users/ (Users > Active users > Export users)",
        ("Display name", "User principal name", "Licenses", "Block credential|Object Id"),
        {
            **_NAMES,
            "email": "User principal name",
            "job_title": "Title",
            "department": "Department",
            "business_phone": "Phone number",
            "mobile_phone": "Mobile Phone",
            "business_address.street": "Street address",
            "business_address.city": "City",
            "business_address.state": "State",
            "business_address.zip": "Postal code",
            "business_address.country": "Country/Region",
            FULL_NAME: "Display name",
            BLOCKED: "Block credential",
        },
        "DirSyncEnabled, Fax, Last dirsync time, Last password change time stamp, Licenses, Oath token metadata, Object Id,"
        "Office, Password never expires, Preferred data location, Preferred language, Proxy addresses, Release track,"
        "Soft deletion time stamp, Strong password required, Usage location, When created",
        {"User principal name": (".*#ext#@.*", _GUEST)},
    ),
    Shape(
        "Active Directory's list of users",
        "https://learn.microsoft.com/en-us/powershell/module/activedirectory/get-aduser; attributes as in the schema,"
        " and as PowerShell calls them",
        ("GivenName", "Surname|sn"),
        {
            "first_name": "GivenName",
            "last_name": "Surname|sn",
            "email": "mail|EmailAddress",
            "email?": "UserPrincipalName",
            "employee_id": "EmployeeID|EmployeeNumber",
            "job_title": "Title",
            "department": "Department",
            "company": "Company|Organization",
            "business_phone": "telephoneNumber|OfficePhone",
            "mobile_phone": "mobile|MobilePhone",
            "business_address.street": "StreetAddress",
            "business_address.city": "City|l",
            "business_address.state": "State|st",
            "business_address.zip": "PostalCode",
            "business_address.country": "co",
            "business_address.country?": "Country|c",
            FULL_NAME: "DisplayName|Name|cn",
            ACTIVE: "Enabled",
        },
        "SamAccountName, DistinguishedName, ObjectClass, objectCategory, ObjectGUID, SID, objectSid, Description, Manager, Office,"
        "physicalDeliveryOfficeName, Division, Initials, OtherName, POBox, HomePhone, Fax, facsimileTelephoneNumber, ipPhone,"
        "pager, countryCode, userAccountControl, lastLogon*, LastLogonDate, whenCreated, whenChanged, Created, Modified,"
        "PasswordLastSet, PasswordNeverExpires, PasswordExpired, pwdLastSet, AccountExpirationDate, accountExpires,"
        "LockedOut, MemberOf, PrimaryGroup, proxyAddresses, extensionAttribute*, employeeType, msExch*, mailNickname,"
        "CanonicalName, PropertyNames, PropertyCount, AddedProperties, RemovedProperties, ModifiedProperties, info, HomePage",
    ),
    Shape(
        "a report of Workday",
        "https://documentation.sailpoint.com/connectors/workday/help/integrating_workday/account_attributes.html",
        (
            "Employee ID|Worker ID|Employee_ID|Worker",
            "Supervisory Organization|Worker Type|Worker Status|Legal First Name|Primary Work Email",
        ),
        {
            "first_name": "Legal First Name|First Name|Preferred First Name|Legal Name - First Name",
            "last_name": "Legal Last Name|Last Name|Preferred Last Name|Legal Name - Last Name",
            "email": "Primary Work Email|Work Email|Email - Primary Work|Email - Work|Email",
            "employee_id": "Employee ID|Employee_ID|Worker ID",
            "job_title": "Business Title",
            "department": "Department",
            "company": "Company",
            "business_phone": "Primary Work Phone|Work Phone|Phone - Primary Work",
            "mobile_phone": "Work Mobile|Mobile Phone",
            "site": "Location|Work Location",
            FULL_NAME: "Worker|Legal Name|Preferred Name|Full Legal Name",
            ACTIVE: "Worker Status|Active Status",
        },
        "Supervisory Organization, Worker Type, Employee Type, Job Profile, Job Title, Job Family, Job Code, Position, Manager,"
        "Worker's Manager, Manager ID, Manager Email, Cost Center, Cost Center - *, Hire Date, Original Hire Date,"
        "Termination Date, Time Type, FTE, Management Level, Pay Group, Home *, Legal Middle Name, Email - Home, User Name",
    ),
    Shape(
        "a report of BambooHR",
        "https://documentation.bamboohr.com/docs/list-of-field-names",
        ("Employee #|EEID", "Last name, First name|Work Ext.|Employment Status|Reporting to"),
        {
            "first_name": "First Name",
            "last_name": "Last Name",
            "email": "Work Email",
            "employee_id": "Employee #",
            "extension_number": "Work Ext.|Work Phone Ext|Work Phone Extension",
            "job_title": "Job Title",
            "department": "Department",
            "business_phone": "Work Phone",
            "mobile_phone": "Mobile Phone",
            "site": "Location",
            FULL_NAME: "Last name, First name|Name|Display Name|Full Name",
            ACTIVE: "Status",
        },
        "EEID, Hire Date, Division, Address Line 1, Address Line 2, City, State, Province, Zip Code, Country, Home Email, Home Phone,"
        "Preferred Name, Middle Name, Reporting to, Reports To, Supervisor*, Birth Date, Gender, Marital Status, SSN,"
        "Employment Status*, Termination Date, Last Changed, LinkedIn URL, Age, Ethnicity, Pay *",
    ),
    Shape(
        "OneLogin's list of users",
        "https://developers.onelogin.com/api-docs/2/users/user-resource",
        ("firstname", "lastname", "samaccountname|external_id|directory_id|member_of"),
        {
            "first_name": "firstname",
            "last_name": "lastname",
            "email": "email",
            "email?": "userprincipalname",
            "job_title": "title",
            "department": "department",
            "company": "company",
            "business_phone": "phone",
            ACTIVE: "status",
            SECRET: "password|password_confirmation",
        },
        "id, username, samaccountname, distinguished_name, external_id, directory_id, trusted_idp_id, member_of, group, group_id,"
        "role_ids, roles, manager_ad_id, manager_user_id, state, comment, created_at, updated_at, activated_at, last_login,"
        "password_changed_at, locked_until, invitation_sent_at, invalid_login_attempts, preferred_locale_code, openid_name,"
        "notes, locale_code, custom_attributes*, custom_attribute_*",
    ),
    Shape(
        "JumpCloud's list of users",
        "https://jumpcloud.com/support/import-users-from-csv; https://docs.jumpcloud.com/api/1.0/index.html (system users)",
        ("firstname", "lastname", "username", "employeeIdentifier|work_streetAddress|work_number|mobile_number"),
        {
            "first_name": "firstname",
            "last_name": "lastname",
            "email": "email",
            "employee_id": "employeeIdentifier",
            "job_title": "jobTitle",
            "department": "department",
            "company": "company",
            "business_phone": "work_number",
            "mobile_phone": "work_mobile_number",
            "mobile_phone?": "mobile_number",
            "business_address.street": "work_streetAddress",
            "business_address.city": "work_locality",
            "business_address.state": "work_region",
            "business_address.zip": "work_postalCode",
            "business_address.country": "work_country",
            FULL_NAME: "displayname",
            ACTIVE: "state|activated",
            BLOCKED: "suspended|account_locked",
            SECRET: "password",
        },
        "username, description, employeeType, location, costCenter, middlename, home_*, work_poBox, work_fax_number,"
        "work_extendedAddress, alternateEmail, managedAppleId, manager, unix_uid, unix_guid, id, _id, created, ldap_binding_user,"
        "enable_managed_uid, enable_user_portal_multifactor, external_dn, external_source_type, externally_managed,"
        "globalPasswordlessSudo, mfa*, password_*, passwordless_sudo, public_key, samba_service_user, sudo, totp_enabled,"
        "recoveryEmail*, addresses, phoneNumbers, attributes, Group*, SystemID, Administrator, systemUsername",
    ),
    Shape(
        "a report of HiBob",
        "https://apidocs.hibob.com/reference/get_people (fields of people; reports name them in words)",
        ("Email|Work email", "Site", "Reports to|Bob ID|Lifecycle status"),
        {
            "first_name": "First name|Legal first name",
            "last_name": "Last name|Surname|Legal last name",
            "email": "Email|Work email",
            "employee_id": "Employee ID",
            "job_title": "Job title|Title",
            "department": "Department",
            "business_phone": "Work phone",
            "mobile_phone": "Work mobile",
            "site": "Site",
            FULL_NAME: "Display name|Full name",
            ACTIVE: "Status|Lifecycle status",
        },
        "Bob ID, Reports to*, Manager*, Start date, Original start date, Tenure*, Middle name, Personal *, Home *, Birth date, Gender,"
        "Nationality, Employment type, Employment contract, Employee ID in company, Is manager, Termination date, Team, Division",
    ),
    Shape(
        "a report of Rippling",
        "https://help.lattice.com/hc/en-us/articles/1500000933022 (fields of employee reports)",
        ("Work email", "Employment status", "Employee|Employee name|Legal first name|Manager - Work email"),
        {
            "first_name": "First name|Legal first name|Preferred first name",
            "last_name": "Last name|Legal last name|Preferred last name",
            "email": "Work email",
            "employee_id": "Employee ID|Employee number",
            "job_title": "Title|Job title",
            "department": "Department",
            "business_phone": "Work phone|Work phone number",
            "site": "Work location|Work location name|Location",
            FULL_NAME: "Employee|Employee name|Full name",
            ACTIVE: "Employment status",
        },
        "Manager*, Start date, End date, Termination date, Employment type, Personal email, Personal phone*, Phone number, Home *,"
        "Gender, Birth date, Date of birth, Team*, Level, Entity, Legal entity, Compensation*",
    ),
    Shape(
        "Personios Mitarbeiterliste (Personio's list of employees)",
        "https://support.personio.de/hc/de/articles/211776305 (Import von Mitarbeiterdaten)",
        ("Vorname", "Nachname", "Eintrittsdatum|Anstelldatum", "Position|Abteilung|Standort|Team"),
        {
            "first_name": "Vorname",
            "last_name": "Nachname",
            "email": "E-Mail|E-Mail-Adresse",
            "employee_id": "Personalnummer",
            "job_title": "Position",
            "department": "Abteilung",
            "business_phone": "Telefonnummer|Telefon|Telefon (geschäftlich)|Geschäftliche Telefonnummer",
            "mobile_phone": "Mobilnummer|Diensthandy",
            "site": "Standort",
            FULL_NAME: "Name",
            ACTIVE: "Status",
        },
        "ID, Personio-ID, Eintrittsdatum, Anstelldatum, Team, Gesellschaft, Unternehmen, Tochtergesellschaft, Vorgesetzter,"
        "Vorgesetzte/r, Vorgesetzte, Beschäftigungsart, Beschäftigungsverhältnis, Vertragsende, Probezeit*, Geschlecht,"
        "Geburtsdatum, Wochenstunden, Wochenarbeitszeit, Wöchentliche Arbeitszeit, Kostenstelle*, Austrittsdatum,"
        "Kündigungsdatum, Letzter Arbeitstag, Anrede, Titel, Private*, Erstellt am",
    ),
    Shape(
        "Personio's list of employees",
        "https://support.personio.de/hc/en-us/articles/211776305 (Import employee data)",
        ("First name", "Last name", "Hire date", "Office", "Position|Department|Team|Supervisor"),
        {
            **_NAMES,
            "email": "Email|E-mail",
            "employee_id": "Employee ID|Personnel number|Employee number",
            "job_title": "Position",
            "department": "Department",
            "business_phone": "Phone number|Work phone|Business phone",
            "mobile_phone": "Work mobile|Business mobile",
            "site": "Office",
            FULL_NAME: "Name",
            ACTIVE: "Status",
        },
        "ID, Personio ID, Hire date, Team, Subcompany, Supervisor, Employment type, Contract end*, Probation*, Gender, Birthday,"
        "Date of birth, Weekly hours, Weekly working hours, Cost center*, Termination date, Last working day, Salutation, Private *,"
        "Personal *, Created at",
    ),
    Shape(
        "Zoom Phone's list of users",
        "https://support.zoom.com/hc/en/article?id=zm_kb&sysparm_article=KB0069388",
        ("Email", "Name", "Extension Number", "Package|Outbound Caller ID|Site Code"),
        {
            "first_name": "First Name",
            "last_name": "Last Name",
            "email": "Email",
            "extension_number": "Extension Number",
            "department": "Department",
            "site": "Site Name|Site",
            FULL_NAME: "Name",
            ACTIVE: "Status",
        },
        "Cost Center, Site Code, Package, Calling Package, Calling Plan, Phone Number, Phone Numbers, Outbound Caller ID, Desk Phone*,"
        "Template, Template Name, Emergency Address*, User ID, Policy*, Voicemail*, MAC Address, Time Zone Name",
        notes={"Phone Number": _NUMBERS, "Phone Numbers": _NUMBERS},
    ),
    Shape(
        "the list of Teams users (Get-CsOnlineUser)",
        "https://learn.microsoft.com/en-us/powershell/module/teams/get-csonlineuser",
        ("UserPrincipalName", "LineUri|LineURI|OnPremLineURI", "DisplayName|EnterpriseVoiceEnabled|GivenName"),
        {
            "first_name": "GivenName|FirstName",
            "last_name": "Surname|LastName",
            "email": "UserPrincipalName",
            "job_title": "Title",
            "department": "Department",
            "company": "Company",
            "mobile_phone": "MobilePhone",
            "business_address.street": "Street|StreetAddress",
            "business_address.city": "City",
            "business_address.state": "StateOrProvince|State",
            "business_address.zip": "PostalCode",
            "business_address.country": "CountryOrRegionDisplayName|Country",
            FULL_NAME: "DisplayName",
            LINE_URI: "LineUri|OnPremLineURI",
            ACTIVE: "AccountEnabled|Enabled",
        },
        "Identity, ObjectId, Alias, SipAddress, SipProxyAddress, EnterpriseVoiceEnabled, HostedVoicemail*, UsageLocation, Phone,"
        "TelephoneNumbers, TelephoneNumber, *Policy, *Policies, DialPlan, TenantDialPlan, TeamsUpgrade*, AssignedPlan,"
        "FeatureTypes, InterpretedUserType, AccountType, OnPremLineURIManuallySet, OnPrem*, HostingProvider, Office,"
        "CountryAbbreviation, CountryCode, UserValidationErrors, UserDirSyncEnabled, WhenCreated, WhenChanged, TenantId,"
        "PreferredDataLocation, RegistrarPool, ProxyAddresses, UserRoutingGroupId, LocationPolicy",
        {"UserPrincipalName": (".*#ext#@.*", _GUEST)},
        {"LineUri": _LINES, "OnPremLineURI": _LINES},
    ),
    Shape(
        "RingCentral's own list of users",
        "https://docs.ps.ringcentral.com/users",
        ("First Name", "Last Name", "Email", "User Type|Temp #", "Ext|Phone #"),
        {
            "type": "User Type",
            "first_name": "First Name",
            "last_name": "Last Name",
            "email": "Email",
            "extension_number": "Ext",
            "site": "Site",
            "department": "Dept",
            SECRET: "Password|PIN|Secret Answer",
        },
        "Phone #, Temp #, Secret Question",
        {"User Type": ("(message|announcement)s? only", "extensions that are not people")},
        {
            "Phone #": "has the direct numbers: they are not used. Map the column to direct_number once the account has them",
            "Temp #": "has temporary numbers: they are not used",
        },
    ),
    Shape(
        "a list of users of Microsoft Graph",
        "https://learn.microsoft.com/en-us/graph/api/resources/user",
        ("givenName", "surname", "businessPhones|onPremisesSyncEnabled|@odata.type", "userPrincipalName|mail"),
        {
            "first_name": "givenName",
            "last_name": "surname",
            "email": "mail",
            "email?": "userPrincipalName",
            "job_title": "jobTitle",
            "department": "department",
            "company": "companyName",
            "employee_id": "employeeId",
            "business_phone": "businessPhones",
            "mobile_phone": "mobilePhone",
            **_MICROSOFT_ADDRESS,
            FULL_NAME: "displayName",
            ACTIVE: "accountEnabled",
            SECRET: "passwordProfile|passwordProfile.password",
        },
        "id, @odata.*, preferredLanguage, officeLocation, userType, usageLocation, otherMails, mailNickname, onPremises*,"
        "proxyAddresses, createdDateTime, deletedDateTime, employeeType, employeeHireDate, faxNumber, imAddresses, manager*,"
        "passwordPolicies, passwordProfile.*, ageGroup, creationType, externalUserState*, securityIdentifier, assigned*,"
        "provisionedPlans, identities, signInActivity*, signInSessionsValidFromDateTime, showInAddressList, isResourceAccount,"
        "consentProvidedForMinor, legalAgeGroupClassification, lastPasswordChangeDateTime, employeeOrgData*, preferredDataLocation,"
        "customSecurityAttributes*, authorizationInfo*",
        {"userType": ("guest", _GUEST), "userPrincipalName": (".*#ext#@.*", _GUEST)},
    ),
    Shape(
        "a list of SCIM users",
        "https://www.rfc-editor.org/rfc/rfc7643 (sections 4.1 and 4.3)",
        ("userName", "name.givenName|name.familyName", "schemas|emails|active"),
        {
            "first_name": "name.givenName",
            "last_name": "name.familyName",
            "email": "emails",
            "email?": "userName",
            "employee_id": "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User.employeeNumber",
            "department": "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User.department",
            "job_title": "title",
            "business_phone": "phoneNumbers",
            "mobile_phone": "phoneNumbers",
            "business_address.street": "addresses",
            "business_address.city": "addresses",
            "business_address.state": "addresses",
            "business_address.zip": "addresses",
            "business_address.country": "addresses",
            "regional_settings.timezone": "timezone",
            FULL_NAME: "displayName|name.formatted",
            ACTIVE: "active",
            SECRET: "password",
        },
        "schemas, id, externalId, name.middleName, name.honorificPrefix, name.honorificSuffix, nickName, profileUrl, userType,"
        "preferredLanguage, locale, ims, photos, groups, entitlements, roles, x509Certificates, meta*, urn:*",
    ),
)
