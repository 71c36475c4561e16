"""What never goes out: to machines that answer, to nobody, and more than anybody would read. Two desks that answer
each other would go on for ever (RFC 3834, section 2)."""

from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from andon.people.notices.kinds import REPLIES
from andon.people.notices.models import Notice

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
REPLIES_A_DAY = 10  # that a machine gives one address by itself
REPLIES_TO_COLLEAGUES = 100  # who may ask about many mails in a day
TO_ONE_THREAD_AN_HOUR = 20
TO_ONE_PERSON_AN_HOUR = 60
MACHINES = (
    "mailer-daemon", "postmaster", "noreply", "no-reply", "no_reply", "donotreply", "do-not-reply", "bounce",
    "bounces", "majordomo", "listserv", "abuse", "root", "daemon",
)  # fmt: skip
BEGINNINGS = ("bounce-", "bounces-", "owner-", "prvs=", "srs0=", "srs1=")  # senders of bounces and lists
ENDINGS = ("-request", "-bounces", "-owner")  # who keeps a list


def problem(notice: Notice) -> str:
    """Why a notice may not go out by mail at all; empty when it may."""
    replies = _replies(notice, address_of(notice)) if notice.kind in REPLIES else 0
    return problem_of(notice, replies)


def problem_of(notice: Notice, replies: int) -> str:
    """As `problem`, where it is known how often a machine answered its reader within a day."""
    address = address_of(notice)
    if not address:
        return _("No mail address is known.")
    if not _is_address(address):
        return _("This is not a mail address.")
    if notice.to is None and is_machine(address):
        return _("This address belongs to a machine, which would not read it.")
    if notice.kind in REPLIES and replies >= (REPLIES_TO_COLLEAGUES if notice.to else REPLIES_A_DAY):
        return _(
            "Held back: this address was answered too often today. Perhaps two machines answer each other."
        )
    return ""


def address_of(notice: Notice) -> str:
    return (notice.to.email or "") if notice.to else notice.address


def _is_address(address: str) -> bool:
    try:
        validate_email(address)
    except ValidationError:
        return False
    return True


def is_machine(address: str) -> bool:
    """Whether an address is by its name one that nobody reads, also with a suffix, as in bounces+123@."""
    local = address.rpartition("@")[0].lower()
    return local.split("+")[0] in MACHINES or local.startswith(BEGINNINGS) or local.endswith(ENDINGS)


def _replies(notice: Notice, address: str) -> int:
    lately = Notice.objects.filter(kind__in=REPLIES, at__gt=notice.at - DAY)
    mine = lately.filter(to=notice.to) if notice.to else lately.filter(address__iexact=address)
    return mine.exclude(state=Notice.State.HELD).count()


def too_many(notice: Notice, now: datetime) -> bool:
    """Whether somebody was mailed so often in an hour that the rest had better come in one mail."""
    lately = Notice.objects.filter(to=notice.to, at__gt=now - HOUR, way="at_once")
    if notice.thread and lately.filter(thread=notice.thread).count() >= TO_ONE_THREAD_AN_HOUR:
        return True
    return lately.count() >= TO_ONE_PERSON_AN_HOUR
