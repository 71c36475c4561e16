"""Bytes to a `Letter`, whatever the bytes."""

from andon.signals.mail.authenticity import authentication
from andon.signals.mail.came_back import came_back
from andon.signals.mail.charsets import decode
from andon.signals.mail.contents import contents_of
from andon.signals.mail.fields import fields_of
from andon.signals.mail.forwards import Opening
from andon.signals.mail.kinds import answerable, kind_of
from andon.signals.mail.letter import Letter
from andon.signals.mail.originals import DEEPEST, is_ours, passed_on
from andon.signals.mail.parts import parse_message
from andon.signals.mail.quoting import note_of, own_words


def read(raw: bytes, *, trusted: frozenset[str] = frozenset(), ours: frozenset[str] = frozenset()) -> Letter:
    """Read one message. Never raises: what cannot be read is said in `broken` and kept as text.

    :param raw: the message as it came over the wire.
    :param trusted: the authserv-ids of our own mail servers; only what they say of a sender counts.
    :param ours: our own addresses (lower case) and domains ("@example.com" or "example.com"): a forwarded
        message of one of these is not the customer's.
    """
    try:
        return _letter(bytes(raw), trusted, ours, 0)
    except Exception as problem:  # the last net: a mail is never lost to a mistake of ours
        return _salvaged(bytes(raw), f"This message could not be read: {problem!r}")


def _letter(raw: bytes, trusted: frozenset[str], ours: frozenset[str], depth: int) -> Letter:
    root = parse_message(raw)
    fields, held = fields_of(root.headers), contents_of(root)
    text = held.text
    opening = Opening.of(text)
    own = own_words(opening)
    kind, why_kind = kind_of(root, fields["subject"], own, quotes=opening.met is not None, ours=ours)
    attached = held.messages if depth < DEEPEST and kind in ("human", "list") else []
    passed = passed_on(
        fields, opening, attached, ours, lambda inner: _letter(inner, frozenset(), ours, depth + 1)
    )
    lost, why_lost = came_back(root, fields["subject"]) if kind == "bounce" else ((), "")
    verdict, why = authentication(root.headers, trusted, fields["sender"].address)
    return Letter(
        **fields,
        text=text,
        new_text=own,
        note=note_of(own),
        html=held.html,
        attachments=tuple(held.attachments),
        kind=kind,
        why_kind=why_kind,
        answerable=kind == "human" and answerable(root.headers, ours),
        came_back=lost,
        why_came_back=why_lost,
        is_forward=passed.is_forward,
        original=passed.original,
        basis=passed.basis,
        sender_is_ours=is_ours(fields["sender"].address, ours),
        authentication=verdict,
        why_authentication=why,
        notes=tuple(dict.fromkeys(note for note in (*held.notes, passed.note) if note)),
    )


def _salvaged(raw: bytes, broken: str) -> Letter:
    """All of it as one text, under its head where that can be read."""
    text = decode(raw)[0]
    try:
        return Letter(**fields_of(parse_message(raw).headers), text=text, new_text=text, broken=broken)
    except Exception:
        return Letter(text=text, new_text=text, broken=broken)
