"""What is answered to mail: a receipt to colleagues, an acknowledgement to customers. Never to a machine."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from andon.escalations.models import Escalation
from andon.escalations.pictured import picture_of
from andon.escalations.telling import promises
from andon.people.notices import Kind, tell
from andon.people.notices.models import Notice
from andon.people.notices.outside import Told, tell_outside
from andon.signals.mail import Letter
from andon.signals.models import Arrival


def acknowledge_all(accepted: Iterable[tuple[Arrival, Letter]], now: datetime) -> None:
    """To customers who wrote themselves: that it is here, its reference, and what happens next."""
    tell_outside([_acknowledging(*one) for one in accepted if _is_answered(*one)], now)


def _is_answered(arrival: Arrival, letter: Letter) -> bool:
    return letter.answerable and arrival.by is None and bool(letter.sender.address and arrival.signal)


def _acknowledging(arrival: Arrival, letter: Letter) -> Told:
    assert arrival.signal is not None
    key = arrival.signal.key
    return Told(
        letter.sender.address,
        key=f"message:{arrival.key}:acknowledged",
        kind=Kind.ACKNOWLEDGEMENT,
        subject=lambda: _again(letter) or _("We have your message"),
        text=lambda: _acknowledgement() % {"reference": key},
        thread=f"signal:{key}",
        answers=letter.message_id,
    )


def _acknowledgement() -> str:
    return _(
        "Thank you for telling us. Your message is here, and nothing of it is lost.\n\n"
        "Your reference: %(reference)s\n\n"
        "What happens next: a person reads it. It is given to those who look after what went wrong, to put it "
        "right for you and to find out how it could happen. We write to you again at this address.\n\n"
        "If there is anything to add, answer this mail."
    )


def confirm(arrival: Arrival, letter: Letter, escalation: Escalation, now: datetime) -> None:
    """To a colleague whose "?" was asked: its number, whom it is put to, and its clocks.

    As the answer to their mail; so what everybody who asks is told would say the same a second time.
    """
    Notice.objects.filter(key=f"escalation:{escalation.number}:raised:{arrival.by_id}").delete()
    tell(
        arrival.by,
        key=f"escalation:{escalation.number}:by-mail:{arrival.by_id}:{arrival.message_id or arrival.key}",
        kind=Kind.RECEIPT,
        subject=lambda: _again(letter) or _("Question %(number)s is asked") % {"number": escalation.number},
        text=lambda: _receipt(arrival, escalation, now),
        link=_page("escalations:show", escalation.number),
        thread=f"escalation:{escalation.number}",
        picture=picture_of(escalation),
        answers=letter.message_id,
        about_own=True,
        now=now,
    )


def _receipt(arrival: Arrival, escalation: Escalation, now: datetime) -> str:
    lines = [
        _("Thank you for asking. Question %(number)s is put to %(whom)s.")
        % {"number": escalation.number, "whom": escalation.addressee}
    ]
    if escalation.mechanism is None:
        lines.append(_("Nobody has said yet which mechanism it is about. If you know, say so on its page."))
    if arrival.signal is not None:
        lines.append(_whose(arrival))
    lines += ["", promises(escalation, now), ""]
    return "\n".join([*lines, _("Answer this mail to add to the question.")])


def _whose(arrival: Arrival) -> str:
    """How it is known who wrote first, so that a wrong guess is seen at once."""
    if arrival.basis == "attached":
        return _("Who wrote first is known from the message that was attached.")
    if arrival.original_sender:
        return _("Who wrote first was read from the forwarded text. Please check it on the page.")
    return _("Who wrote first could not be found in the forwarded text. Please say so on the page.")


def refuse(arrival: Arrival, letter: Letter, problem: str, now: datetime) -> None:
    """To a colleague whose mail could not be asked: why, and that it is not lost."""
    tell(
        arrival.by,
        key=f"message:{arrival.key}:refused",
        kind=Kind.RECEIPT,
        subject=lambda: _again(letter) or _("Your mail did not become a question"),
        text=lambda: (
            _("%(problem)s\n\nYour mail is kept. Send it again, or ask on the page.") % {"problem": problem}
        ),
        link=_page("escalations:raise"),
        answers=letter.message_id,
        about_own=True,
        now=now,
    )


def _again(letter: Letter) -> str:
    """Their own subject, as answers have it: programs that go by it show this below their mail."""
    subject = letter.subject.strip()
    return f"Re: {subject}" if subject and not subject.lower().startswith("re:") else subject


def _page(name: str, *things: int) -> str:
    """Its path, where this installation has pages at all."""
    try:
        return reverse(name, args=things)
    except NoReverseMatch:
        return ""
