"""Whose message was passed on, and on what ground: attached, or copied into the text."""

from collections.abc import Callable
from dataclasses import dataclass

from andon.signals.mail.fields import Fields
from andon.signals.mail.forwards import Found, Opening, find, prefix_of
from andon.signals.mail.letter import Basis, Letter, Original
from andon.signals.mail.parts import Part

MOST = 5  # attached messages that are read
DEEPEST = 8  # messages in messages


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
    if attached and prefix_of(fields["subject"]) != "reply":
        letters = (read(part.content()) for part in attached[:MOST])
        named = next((letter for letter in letters if letter.sender), None)
        if named:
            return _attached(named, ours, len(attached))
    recipients = frozenset(address.address for address in fields["to"] + fields["cc"] if address.address)
    found = find(opening, fields["subject"], recipients, lambda address: is_ours(address, ours))
    return _copied(found, ours)


def is_ours(address: str, ours: frozenset[str]) -> bool:
    """Whether an address, its form without a "+tag", or its domain is among our own."""
    local, _at, domain = address.lower().rpartition("@")
    names = {address.lower(), f"{local.split('+')[0]}@{domain}", domain, f"@{domain}"} if domain else set()
    return bool(names & ours)


def _attached(letter: Letter, ours: frozenset[str], count: int) -> Passed:
    """The attached message; or, where one of us sent that one, the message that it passes on in turn."""
    note = f"{count} messages are attached; the first names the sender." if count > 1 else ""
    if is_ours(letter.sender.address, ours) and letter.original:
        return Passed(True, letter.original, letter.basis, note)
    own = Original(letter.sender, letter.subject, letter.sent_at, letter.text)
    return Passed(True, own, "attached", note)


def _copied(found: Found, ours: frozenset[str]) -> Passed:
    if not found.is_forward:
        return Passed()
    if not found.originals:
        return Passed(True, None, "unknown", "It is a forward that does not say of whom.")
    return Passed(True, customers(found.originals, ours), "parsed")


def customers(originals: tuple[Original, ...], ours: frozenset[str]) -> Original:
    """Of messages passed on again and again, outermost first: the first not of one of us.

    Going on past it would credit whomever that customer quotes. Where all are ours, the innermost asked first.
    """
    return next((one for one in originals if not is_ours(one.sender.address, ours)), originals[-1])
