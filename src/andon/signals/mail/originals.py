"""Whose message was passed on, and on what ground: attached, or copied into the text."""

from collections.abc import Callable
from dataclasses import dataclass

from andon.signals.mail.fields import Fields
from andon.signals.mail.forwards import Found, Opening, find, prefix_of
from andon.signals.mail.letter import Basis, Letter, Original
from andon.signals.mail.parts import Part

MOST = 5  # attached messages that are read
DEEPEST = 8  # messages in messages
EVERYBODY = {
    "", "gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "live.com", "yahoo.com", "icloud.com",
    "me.com", "aol.com", "gmx.de", "gmx.net", "web.de", "t-online.de", "proton.me", "protonmail.com", "qq.com",
    "163.com", "mail.ru", "yandex.ru", "orange.fr", "free.fr",
}  # fmt: skip
"""Domains at which anybody may have an address, so that sharing one makes nobody a colleague."""


@dataclass(frozen=True)
class Passed:
    """Whether something was passed on; whose it is; how that is known."""

    is_forward: bool = False
    original: Original | None = None
    basis: Basis = ""
    note: str = ""


def passed_on(
    fields: Fields,
    opening: Opening,
    attached: list[Part],
    ours: frozenset[str],
    read: Callable[[bytes], Letter],
) -> Passed:
    """What was passed on; nothing, where a stranger sends us our own words: those speak for themselves."""
    passed = _found(fields, opening, attached, ours, read)
    whose = passed.original.sender.address if passed.original else ""
    if is_ours(whose, ours) and not is_ours(fields["sender"].address, ours):
        return Passed(note="It holds a message of ours.")
    return passed


def _found(
    fields: Fields,
    opening: Opening,
    attached: list[Part],
    ours: frozenset[str],
    read: Callable[[bytes], Letter],
) -> Passed:
    """Look into what is attached first: there the fields are whole. Then into the text."""
    house = _house_of(fields)

    def colleague(one: Original) -> bool:
        return _is_colleague(one, ours, house)

    if attached and prefix_of(fields["subject"]) != "reply":
        letters = (read(part.content()) for part in attached[:MOST])
        named = next((letter for letter in letters if letter.sender), None)
        if named:
            return _attached(named, colleague, len(attached))
    recipients = frozenset(address.address for address in fields["to"] + fields["cc"] if address.address)
    return _copied(find(opening, fields["subject"], recipients, colleague))


def _is_colleague(original: Original, ours: frozenset[str], house: str) -> bool:
    """One of ours; or, where nobody listed them, somebody of the same house whose subject says that they pass it on."""
    sender = original.sender.address
    if is_ours(sender, ours):
        return True
    return bool(house) and sender.endswith(f"@{house}") and prefix_of(original.subject) == "forward"


def _house_of(fields: Fields) -> str:
    """The domain within which a mail went, unless anybody may have an address there."""
    domains = {address.address.rpartition("@")[2] for address in (fields["sender"], *fields["to"])}
    return domains.pop() if len(domains) == 1 and not domains & EVERYBODY else ""


def is_ours(address: str, ours: frozenset[str]) -> bool:
    """Whether an address, its form without a "+tag", or its domain is among our own."""
    local, _at, domain = address.lower().rpartition("@")
    names = {address.lower(), f"{local.split('+')[0]}@{domain}", domain, f"@{domain}"} if domain else set()
    return bool(names & ours)


def _attached(letter: Letter, colleague: Callable[[Original], bool], count: int) -> Passed:
    """The attached message; or, where one of us sent that one, the message that it passes on in turn."""
    note = f"{count} messages are attached; the first names the sender." if count > 1 else ""
    own = Original(letter.sender, letter.subject, letter.sent_at, letter.text)
    if letter.original and colleague(own):
        return Passed(True, letter.original, letter.basis, note)
    return Passed(True, own, "attached", note)


def _copied(found: Found) -> Passed:
    if not found.is_forward:
        return Passed()
    if not found.originals:
        return Passed(True, None, "unknown", "It is a forward that does not say of whom.")
    return Passed(True, found.originals[-1], "parsed")
