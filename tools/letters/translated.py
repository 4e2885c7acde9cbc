"""The letters in other languages than Danish, each by its stem."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tools.letters.easy import informationsbrev as easy_information
from tools.letters.easy import invitation as easy_invitation
from tools.letters.easy import samtykkeerklaering as easy_consent
from tools.letters.english import informationsbrev as english_information
from tools.letters.english import invitation as english_invitation
from tools.letters.english import samtykkeerklaering as english_consent

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tools.letters.package import Letter

TRANSLATED: Final[Mapping[str, Callable[[], Letter]]] = {
    "informationsbrev.da-let": easy_information.informationsbrev,
    "informationsbrev.en": english_information.informationsbrev,
    "informationsbrev.ung.da-let": easy_information.informationsbrev_ung,
    "informationsbrev.ung.en": english_information.informationsbrev_ung,
    "invitation.da-let": easy_invitation.invitation,
    "invitation.en": english_invitation.invitation,
    "invitation.ung.da-let": easy_invitation.invitation_ung,
    "invitation.ung.en": english_invitation.invitation_ung,
    "samtykkeerklaering.da-let": easy_consent.samtykkeerklaering,
    "samtykkeerklaering.en": english_consent.samtykkeerklaering,
}
