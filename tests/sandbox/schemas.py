# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What requests may say. Names, lengths and enumerations are those of RingCentral's published document."""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeVar

from typing_extensions import TypedDict
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from .problems import Problem, error

Text64 = Annotated[str, StringConstraints(max_length=64)]
Email = Annotated[str, StringConstraints(max_length=254, pattern=r"^[^@\s]+@[^@\s]+\.[^@\s.]+$")]
BatchEmail = Annotated[str, StringConstraints(max_length=64, pattern=r"^[^@\s]+@[^@\s]+\.[^@\s.]+$")]
Number = Annotated[str, StringConstraints(pattern=r"^\d{1,8}$")]
BatchNumber = Annotated[str, StringConstraints(pattern=r"^\d{3,8}$")]
Phone = Annotated[str, StringConstraints(pattern=r"^(\+[1-9]\d{1,14})?$")]
CreateStatus = Literal["Enabled", "Disabled", "Frozen", "NotActivated", "Unassigned"]
UpdateStatus = Literal["Enabled", "Disabled", "Frozen", "NotActivated"]
SetupState = Literal["NotStarted", "Incomplete", "Completed"]


def _name(value: str) -> str:
    if not value.strip():
        raise ValueError("must not be empty")
    return value


FirstName = Annotated[Text64, AfterValidator(_name)]


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class Id(Strict):
    id: str


class NamedId(Strict):
    """A reference as a create request has it: more keys are allowed, the id counts."""

    model_config = ConfigDict(extra="ignore", strict=True)

    id: str


class Address(Strict):
    country: str | None = None
    state: str | None = None
    city: str | None = None
    street: str | None = None
    zip: str | None = None


class Prompt(Strict):
    id: str | None = None
    contentUri: str | None = None
    contentType: Literal["audio/mpeg", "audio/wav"] | None = None


class PronouncedName(Strict):
    type: Literal["Default", "TextToSpeech", "Recorded"] | None = None
    text: str | None = None
    prompt: Prompt | None = None


class Contact(Strict):
    firstName: FirstName | None = None
    lastName: Text64 | None = None
    company: Text64 | None = None
    jobTitle: Text64 | None = None
    department: Text64 | None = None
    email: Email | None = None
    businessPhone: Phone | None = None
    mobilePhone: Phone | None = None
    businessAddress: Address | None = None
    emailAsLoginName: bool | None = None
    pronouncedName: PronouncedName | None = None


class NewContact(Contact):
    firstName: FirstName
    email: Email


class StatusInfo(Strict):
    comment: str | None = None
    reason: Literal["Voluntarily", "Involuntarily"] | None = None


class Reference(Strict):
    ref: str
    type: Literal["PartnerId", "CustomerDirectoryId"]
    refAccId: str | None = None


class CustomField(Strict):
    id: str
    value: str
    displayName: str | None = None


class Regional(Strict):
    homeCountry: NamedId | None = None
    timezone: NamedId | None = None
    language: NamedId | None = None
    greetingLanguage: NamedId | None = None
    formattingLocale: NamedId | None = None
    currency: NamedId | None = None
    timeFormat: Literal["12h", "24h"] | None = None


class Transition(Strict):
    sendWelcomeEmail: bool | None = None
    sendWelcomeEmailsToUsers: bool | None = None


class _Common(Strict):
    extensionNumber: Number | None = None
    customFields: list[CustomField] | None = None
    password: str | None = None
    references: list[Reference] | None = None
    regionalSettings: Regional | None = None
    partnerId: str | None = None
    ivrPin: str | None = None
    setupWizardState: SetupState | None = None
    site: NamedId | None = None
    statusInfo: StatusInfo | None = None


class CreateExtension(_Common):
    contact: NewContact | None = None
    costCenter: NamedId | None = None
    status: CreateStatus | None = None
    hidden: bool | None = None
    name: str | None = None
    type: Literal[
        "User", "VirtualUser", "DigitalUser", "FlexibleUser", "Department", "Announcement", "Voicemail",
        "SharedLinesGroup", "PagingOnly", "ParkLocation", "Limited",
    ] = "User"  # fmt: skip


class UpdateExtension(_Common):
    contact: Contact | None = None
    status: UpdateStatus | None = None
    transition: Transition | None = None
    callQueueInfo: dict[str, Any] | None = None
    type: str | None = None
    subType: str | None = None


class UpdateWithCostCenter(UpdateExtension):
    """As real accounts take it."""

    costCenter: NamedId | None = None


class BulkUpdateItem(UpdateExtension):
    id: str
    reason: str | None = None
    comment: str | None = None


class BulkUpdate(Strict):
    records: list[BulkUpdateItem]


class PostalAddress(Strict):
    street: Annotated[str, StringConstraints(max_length=256)]
    street2: Annotated[str, StringConstraints(max_length=256)] | None = None
    city: Text64
    state: Text64 | None = None
    zip: Annotated[str, StringConstraints(max_length=10)]
    country: Annotated[str, StringConstraints(min_length=2, max_length=2)]


class LineEmergency(Strict):
    """A location, or an address."""

    location: Id | None = None
    address: PostalAddress | None = None

    @model_validator(mode="after")
    def _one(self) -> LineEmergency:
        return _exactly_one(self, "location", "address")


class LineNumber(Strict):
    """Which number a line gets: one by id or as such, or one of an area or a kind."""

    phoneNumberId: str | None = None
    phoneNumber: Annotated[str, StringConstraints(pattern=r"^\+[1-9]\d{1,14}$")] | None = None
    preferredAreaCode: Annotated[str, StringConstraints(pattern=r"^[1-9]\d{1,3}$")] | None = None
    tollType: Literal["Toll", "TollFree"] | None = None

    @model_validator(mode="after")
    def _one(self) -> LineNumber:
        return _exactly_one(self, "phoneNumberId", "phoneNumber", "preferredAreaCode", "tollType")


Some = TypeVar("Some", bound=BaseModel)


def _exactly_one(value: Some, *names: str) -> Some:
    """RingCentral's document lets several forms of one thing: a request is of one form only."""
    if sum(getattr(value, name) is not None for name in names) != 1:
        raise ValueError("must have exactly one of " + ", ".join(names))
    return value


class LineDefinition(Strict):
    type: Literal["OtherPhone", "WebRTC"]
    emergency: LineEmergency
    phoneInfo: LineNumber
    contactCenterPhoneLine: bool | None = None


class NewLine(LineDefinition):
    costCenterId: str | None = None
    extension: Id


class NewLines(Strict):
    records: Annotated[list[NewLine], Field(min_length=1)]


class BatchLine(Strict):
    deviceInfo: LineDefinition


class BatchContact(Strict):
    firstName: FirstName
    lastName: Text64
    email: BatchEmail
    mobileNumber: Annotated[str, StringConstraints(pattern=r"^\+[1-9]\d{1,14}$")] | None = None
    emailAsLoginName: bool | None = None
    transition: Transition | None = None


class BatchItem(Strict):
    extensionNumber: BatchNumber | None = None
    status: Literal["Enabled"]
    contact: BatchContact
    costCenter: Id | None = None
    roles: Annotated[list[Id], Field(max_length=1)] | None = None
    devices: Annotated[list[BatchLine], Field(max_length=1)] | None = None


class Batch(Strict):
    records: Annotated[list[BatchItem], Field(min_length=1)]


class BulkDelete(Strict):
    keepAssetsInInventory: bool = True
    records: Annotated[list[Id], Field(min_length=1)]


class AssignedRole(Strict):
    id: str
    uri: str | None = None
    autoAssigned: bool | None = None
    displayName: str | None = None
    siteCompatible: bool | None = None
    siteRestricted: bool | None = None


class AssignedRoles(Strict):
    uri: str | None = None
    records: list[AssignedRole]


class BulkAssign(Strict):
    siteRestricted: bool | None = None
    siteCompatible: bool | None = None
    uri: str | None = None
    addedExtensionIds: list[str] = Field(default_factory=list)
    removedExtensionIds: list[str] = Field(default_factory=list)


class AssignNumber(Strict):
    type: Literal["VoiceFax", "VoiceOnly", "FaxOnly"] | None = None
    usageType: Literal["MainCompanyNumber", "CompanyNumber", "DirectNumber", "ContactCenterNumber"]
    extension: Id | None = None
    costCenterId: str | None = None


class EmergencyAddress(Strict):
    country: str | None = None
    countryId: str | None = None
    countryIsoCode: Annotated[str, StringConstraints(min_length=2, max_length=2)] | None = None
    state: str | None = None
    stateId: str | None = None
    city: str | None = None
    street: str | None = None
    street2: str | None = None
    zip: str | None = None
    customerName: str | None = None


class EmergencyLocation(Strict):
    """Of which nothing is required by the document."""

    id: str | None = None
    name: str | None = None


class DeviceEmergency(Strict):
    address: EmergencyAddress | None = None
    location: EmergencyLocation | None = None


class UpdateDevice(Strict):
    name: Text64 | None = None
    emergency: DeviceEmergency | None = None
    useAsCommonPhone: bool | None = None


class AddToInventory(Strict):
    type: Literal["OtherPhone"]
    quantity: Annotated[int, Field(ge=1, le=50)]
    site: Id | None = None


class ReplaceDevice(Strict):
    targetDeviceId: str


class RemoveLine(Strict):
    keepAssetsInInventory: bool = True


class FullSite(Strict):
    id: str
    name: str


class ChangeLocation(Strict):
    name: str | None = None
    address: EmergencyAddress | None = None
    site: FullSite | None = None
    addressFormatId: str | None = None
    visibility: Literal["Public"] | None = None
    trusted: bool | None = None


class GuideNumber(Strict):
    """The guide shows no body for this: a number by id or in E.164 format is assumed."""

    id: str | None = None
    phoneNumber: str | None = None


class QueueOfUser(Strict):
    id: str
    name: str | None = None


class QueuesOfUser(Strict):
    records: list[QueueOfUser]


class Dispatching(Strict):
    type: Literal["RingAtOnce", "RingInOrder", "Custom", "Terminate"]
    actions: Annotated[list[dict[str, Any]], Field(min_length=1)]
    callTypes: dict[str, Any] | None = None


class UpdateRule(Strict):
    dispatching: Dispatching | None = None


class UpdateState(Strict):
    enabled: bool | None = None
    conditions: Annotated[list[dict[str, Any]], Field(min_length=1, max_length=1)] | None = None


class UpdateAnsweringRule(Strict):
    """Of the older kind: what should be changed only."""

    callHandlingAction: str | None = None
    enabled: bool | None = None
    forwarding: dict[str, Any] | None = None
    unconditionalForwarding: dict[str, Any] | None = None
    transfer: dict[str, Any] | None = None
    voicemail: dict[str, Any] | None = None
    screening: str | None = None


Dnd = Literal[
    "TakeAllCalls", "DoNotAcceptDepartmentCalls", "TakeDepartmentCallsOnly", "DoNotAcceptAnyCalls", "Unknown"
]  # fmt: skip


class Presence(Strict):
    userStatus: Literal["Offline", "Busy", "Available"] | None = None
    dndStatus: Dnd | None = None
    dndStatusPersonal: Literal["TakeAllCalls", "DoNotAcceptAnyCalls", "Unknown"] | None = None
    message: Annotated[str, StringConstraints(max_length=75)] | None = None
    allowSeeMyPresence: bool | None = None
    ringOnMonitoredCall: bool | None = None
    pickUpCallsOnHold: bool | None = None
    acceptCallQueueCalls: bool | None = None
    callerIdVisibility: Literal["All", "None", "PermittedUsers"] | None = None


SomePhones = Annotated[
    list[Annotated[str, StringConstraints(pattern=r"^\+[1-9]\d{1,14}$")]], Field(min_length=1, max_length=10)
]


class CallNotes(Strict):
    notifyByEmail: bool | None = None
    notifyBySms: bool | None = None
    advancedEmailAddresses: list[str] | None = None
    advancedSmsEmailAddresses: list[str] | None = None


class Notified(CallNotes):
    advancedSmsPhoneNumbers: SomePhones | None = None


class NotifiedFaxes(Notified):
    includeAttachment: bool | None = None
    markAsRead: bool | None = None


class NotifiedVoicemails(NotifiedFaxes):
    includeTranscription: bool | None = None


class Notifications(Strict):
    uri: str | None = None
    smsPhoneNumbers: Annotated[list[str], Field(min_length=1, max_length=10)] | None = None
    advancedMode: bool | None = None
    voicemails: NotifiedVoicemails | None = None
    inboundFaxes: NotifiedFaxes | None = None
    outboundFaxes: Notified | None = None
    inboundTexts: Notified | None = None
    missedCalls: Notified | None = None
    callNotes: CallNotes | None = None
    emailAddresses: list[str] | None = None
    smsEmailAddresses: list[str] | None = None
    includeManagers: bool | None = None


class CallerIdShown(Strict):
    type: Literal["PhoneNumber", "Blocked", "CurrentLocation"] = "PhoneNumber"
    phoneInfo: Id | None = None


class CallerIdOfDevice(Strict):
    device: Id
    callerId: CallerIdShown


class CallerIdOfFeature(Strict):
    feature: Literal[
        "RingOut", "RingMe", "CallFlip", "FaxNumber", "AdditionalSoftphone", "Alternate", "CommonPhone", "MobileApp",
        "Delegated", "BusinessMobile",
    ]  # fmt: skip
    callerId: CallerIdShown


class CallerId(Strict):
    uri: str | None = None
    byDevice: list[CallerIdOfDevice] | None = None
    byFeature: list[CallerIdOfFeature] | None = None
    extensionNameForOutboundCalls: bool | None = None
    extensionNumberForInternalCalls: bool | None = None


Clock = Annotated[str, StringConstraints(pattern=r"^([01]\d|2[0-3]):[0-5]\d$|^24:00$")]
TimeInterval = TypedDict("TimeInterval", {"from": Clock, "to": Clock})


class WeeklyRanges(Strict):
    monday: list[TimeInterval] | None = None
    tuesday: list[TimeInterval] | None = None
    wednesday: list[TimeInterval] | None = None
    thursday: list[TimeInterval] | None = None
    friday: list[TimeInterval] | None = None
    saturday: list[TimeInterval] | None = None
    sunday: list[TimeInterval] | None = None


class Schedule(Strict):
    weeklyRanges: WeeklyRanges | None = None


class BusinessHours(Strict):
    schedule: Schedule


class Recorded(Strict):
    id: str
    uri: str | None = None
    extensionNumber: str | None = None
    type: str | None = None
    callDirection: Literal["Outbound", "Inbound", "All"] | None = None
    alternateOutboundCallRecordingMode: bool | None = None


class Recordings(Strict):
    addedExtensions: list[Recorded] | None = None
    updatedExtensions: list[Recorded] | None = None
    removedExtensions: list[Recorded] | None = None


class AuditTrailSearch(Strict):
    eventTimeFrom: str | None = None
    eventTimeTo: str | None = None
    initiatorIds: list[str] | None = None
    page: Annotated[int, Field(ge=1)] | None = None
    perPage: Annotated[int, Field(ge=1)] | None = None
    targetIds: list[str] | None = None
    siteId: str | None = None
    actionIds: list[str] | None = None
    searchString: str | None = None
    excludeActionIds: list[str] | None = None


class UpdateSubscription(BaseModel):
    """The rest of a subscription is ignored where it stands in an update."""

    model_config = ConfigDict(extra="ignore", strict=True)

    eventFilters: Annotated[list[Annotated[str, StringConstraints(min_length=1)]], Field(min_length=1)]
    expiresIn: Annotated[int, Field(ge=1)] | None = None


class DeliveryMode(Strict):
    transportType: Literal["WebHook", "WebSocket"]
    address: str | None = None
    verificationToken: str | None = None
    encryption: Literal[False] | None = None


class CreateSubscription(UpdateSubscription):
    model_config = ConfigDict(extra="forbid", strict=True)

    deliveryMode: DeliveryMode


class GuideBulkItem(_Common):
    """A record of the guide's bulk-create: creates, or updates where it has an id."""

    id: str | None = None
    type: Literal["User"] = "User"
    contact: Contact | None = None
    status: CreateStatus | None = None


class GuideBulk(Strict):
    records: Annotated[list[GuideBulkItem], Field(min_length=1)]


def problem_of(errors: list[Any]) -> Problem:
    """Pydantic's findings as RingCentral reports them."""
    found = []
    for item in errors[:5]:
        parameter = ""
        for part in item["loc"]:
            parameter += f"[{part}]" if isinstance(part, int) else f".{part}" if parameter else str(part)
        parameter = parameter or "body"
        found.append(error("CMN-101", f"Parameter [{parameter}] value is invalid", parameter))
    return Problem(400, *found)
