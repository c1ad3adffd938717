# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Values of other systems as RingCentral calls them: what the user says, and what is beyond doubt."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from ...module_utils._resources.extension import BY_OPTION
from ...module_utils._resources.time_zones import ZONES
from .column_keys import column_key
from .values import FALSE, TRUE, Wrong

# The user's own values by option: each text as it is compared, with what it becomes; None for nothing.
Rules = Mapping[str, Mapping[str, str | None]]

# Words of directories and HR systems for people who are there, and for those who are not.
ACTIVE_WORDS = frozenset(
    """
    active activated enabled provisioned recovery passwordexpired staged onboarding hired current employed
    aktiv aktiviert actif active activo activa actief
    """.split()
).union(map(column_key, TRUE))
INACTIVE_WORDS = frozenset(
    """
    inactive deactivated disabled terminated suspended deprovisioned lockedout locked archived deleted blocked left former
    resigned retired inaktiv deaktiviert gesperrt ausgeschieden inactif inactivo inactiva inactief
    """.split()
).union(map(column_key, FALSE))

# Languages of which RingCentral has one kind only.
_LANGUAGES = """
de-DE: de, German, Deutsch
it-IT: it, Italian, Italiano
ja-JP: ja, Japanese
ko-KR: ko, Korean
nl-NL: nl, Dutch, Nederlands
fi-FI: fi, Finnish, Suomi
"""
# RingCentral calls a country by its name in English; its code, and its other names.
_COUNTRIES = """
United States: US, USA, United States of America, U.S., U.S.A., Vereinigte Staaten, États-Unis, Estados Unidos, Verenigde Staten
United Kingdom: GB, GBR, UK, Great Britain, United Kingdom of Great Britain and Northern Ireland, Vereinigtes Königreich,
 Großbritannien, Royaume-Uni, Reino Unido, Verenigd Koninkrijk
Canada: CA, CAN, Kanada, Canadá
Ireland: IE, IRL, Irland, Irlande, Irlanda, Ierland, Republic of Ireland
Australia: AU, AUS, Australien, Australie
New Zealand: NZ, NZL, Neuseeland
Germany: DE, DEU, Deutschland, Allemagne, Alemania, Duitsland
Austria: AT, AUT, Österreich, Autriche, Oostenrijk
Switzerland: CH, CHE, Schweiz, Suisse, Svizzera, Suiza, Zwitserland
France: FR, FRA, Frankreich, Francia, Frankrijk
Belgium: BE, BEL, Belgien, Belgique, België, Bélgica
Netherlands: NL, NLD, The Netherlands, Niederlande, Pays-Bas, Nederland, Países Bajos, Holland
Luxembourg: LU, LUX, Luxemburg
Spain: ES, ESP, Spanien, Espagne, España, Spanje
Portugal: PT, PRT
Italy: IT, ITA, Italien, Italie, Italia, Italië
Denmark: DK, DNK, Dänemark, Danmark, Danemark
Sweden: SE, SWE, Schweden, Sverige, Suède
Norway: NO, NOR, Norwegen, Norge, Norvège
Finland: FI, FIN, Finnland, Suomi, Finlande
Poland: PL, POL, Polen, Polska, Pologne
Hungary: HU, HUN, Ungarn, Magyarország, Hongrie
Romania: RO, ROU, Rumänien, România, Roumanie
Bulgaria: BG, BGR, Bulgarien, Bulgarie
Greece: GR, GRC, Griechenland, Grèce
Croatia: HR, HRV, Kroatien, Hrvatska
Slovakia: SK, SVK, Slowakei, Slovensko
Slovenia: SI, SVN, Slowenien, Slovenija
Estonia: EE, EST, Estland
Latvia: LV, LVA, Lettland
Lithuania: LT, LTU, Litauen
Japan: JP, JPN
Singapore: SG, SGP, Singapur
India: IN, IND, Indien
Philippines: PH, PHL, Philippinen
Mexico: MX, MEX, Mexiko, México
Brazil: BR, BRA, Brasilien, Brasil
South Africa: ZA, ZAF, Südafrika
Israel: IL, ISR
"""
_STATUSES = "Enabled: Active, Activated, Aktiv, Actif, Activo, Actief"
_TYPES = "User: Standard User\nLimited: Limited Extension"


def _lines(text: str) -> list[str]:
    return text.replace(",\n ", ", ").strip().splitlines()


def _table(text: str) -> dict[str, str]:
    table: dict[str, str] = {}
    for line in _lines(text):
        name, _colon, others = line.partition(": ")
        table.update({_key(other): name for other in (name, *others.split(", "))})
    return table


def _key(text: str) -> str:
    """How values are compared: without case, and with one blank between words."""
    return " ".join(text.casefold().split())


_COUNTRY = _table(_COUNTRIES)
# A code is what all names of a country have in common.
_CODES = {line.partition(":")[0]: re.split("[:,] *", line)[1] for line in _lines(_COUNTRIES)}
_HOME_COUNTRY = {key: _CODES[name] for key, name in _COUNTRY.items()}
_LANGUAGE = _table(_LANGUAGES)
_LOCALE_OPTION = "regional_settings.formatting_locale"
_LANGUAGE_OPTIONS = ("regional_settings.language", "regional_settings.greeting_language")
_BUILT_IN: dict[str, dict[str, str]] = {
    "business_address.country": _COUNTRY,
    "emergency_address.country": _COUNTRY,
    "regional_settings.home_country": _HOME_COUNTRY,
    "regional_settings.timezone": {_key(name): zone[0] for zone in ZONES for name in zone},
    "status": _table(_STATUSES),
    "type": _table(_TYPES),
    **{option: _LANGUAGE for option in _LANGUAGE_OPTIONS},
}
_LOCALE = re.compile(r"([A-Za-z]{2})[_-]([A-Za-z]{2}|419)(?:[.@].*)?")


def is_active(text: str) -> bool:
    """Whether a word of another system says that a person is there. Raises Wrong for words that say neither."""
    key = column_key(text)
    if key in ACTIVE_WORDS or key in INACTIVE_WORDS:
        return key in ACTIVE_WORDS
    raise Wrong("is not known to mean that somebody is active")


def rules_of(values: Mapping[Any, Any], option_of: Callable[[str], str | None]) -> dict[str, dict[str, str | None]]:
    """The user's own values: by option, texts as they are compared, and what they become. Raises Wrong."""
    rules: dict[str, dict[str, str | None]] = {}
    for name, pairs in values.items():
        option = option_of(str(name))
        if option is None:
            raise Wrong(f"values: there is no option '{name}'")
        if not isinstance(pairs, Mapping):
            raise Wrong(f"values: '{name}' needs what each value becomes, such as {{{name}: {{old: new}}}}")
        for old, new in pairs.items():
            rules.setdefault(option, {}).update({key: None if new in (None, "") else str(new) for key in _texts(old)})
    return rules


def _texts(old: Any) -> tuple[str, ...]:
    """YAML takes Yes and No for something else than text."""
    if isinstance(old, bool):
        return TRUE if old else FALSE
    return (_key(str(old)),)


def words_for(option: str, value: str, values: Mapping[Any, Any], option_of: Callable[[str], str | None]) -> list[str]:
    """The user's words that become a value, as the user writes them."""
    return [
        (TRUE if old else FALSE)[1] if isinstance(old, bool) else str(old)
        for name, pairs in values.items()
        if option_of(str(name)) == option
        for old, new in pairs.items()
        if _key(str(new)) == _key(value)
    ]


def is_own_word(option: str, text: str, rules: Rules) -> bool:
    """Whether the user says what a text becomes."""
    return _key(text) in rules.get(option, {})


def is_mapped(option: str, rules: Rules) -> bool:
    """Whether values of an option may be called otherwise."""
    return bool(rules.get(option)) or option in _BUILT_IN or option in ("setup_wizard_state", _LOCALE_OPTION)


def mapped(option: str, text: str, rules: Rules) -> str | None:
    """A value as RingCentral calls it; None where the user says that it stands for nothing. Raises Wrong."""
    key = _key(text)
    own = rules.get(option)
    if own and key in own:
        return own[key]
    if option in _BUILT_IN and key in _BUILT_IN[option]:
        return _BUILT_IN[option][key]
    if option in (*_LANGUAGE_OPTIONS, _LOCALE_OPTION):
        locale = _LOCALE.fullmatch(text)
        return f"{locale[1].lower()}-{locale[2].upper()}" if locale else text
    if option in ("status", "type", "setup_wizard_state"):
        return _choice(option, text)
    return text


def _choice(option: str, text: str) -> str:
    """One of an option's choices, however it is written: `Not activated` is NotActivated."""
    key = column_key(text)
    found = next((choice for choice in BY_OPTION[option].choices if column_key(choice) == key), None)
    if found is None and option == "status" and key in INACTIVE_WORDS:
        raise Wrong(
            f"'{text}' means somebody who is not active: remove the person from the list, or say what it means"
            f" in values (in the role onboard_users_values), such as {{status: {{{text}: Disabled}}}}"
        )
    return found or text
