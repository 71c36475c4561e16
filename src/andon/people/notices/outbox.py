"""What waits to go out: taken by one sender at a time, settled by that sender, taken up again when it was killed."""

import os
import secrets
import socket
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from andon.people import saying
from andon.people.access import at_work
from andon.people.notices.models import Notice

State = Notice.State
LEASE = timedelta(minutes=15)  # longer than a dialogue whose every answer takes as long as it may
LONGEST_PROBLEM = 300
MINUTES = (1, 2, 5, 10, 20, 30, 60, 120, 240)  # between tries; the last again and again
MOST_TRIES = 25  # about three days


def sender() -> str:
    """A name for one run of a sender: the machine and its processes, which of them, and a word nobody else has."""
    return f"{_machine()}|{os.getpid()}|{secrets.token_hex(4)}"


def _machine() -> str:
    """The processes that this one can see: containers may share a host name, and count their own."""
    processes = ""
    with suppress(OSError):
        processes = os.readlink("/proc/self/ns/pid")
    return f"{socket.gethostname()[:60]}|{processes}"


def take(claimant: str, now: datetime) -> Notice | None:
    """The next notice that is due, for this sender alone: the change of its state is what only one succeeds in."""
    while pk := Notice.objects.due(now).order_by("due_at", "pk").values_list("pk", flat=True).first():
        mine = Notice.objects.filter(pk=pk, state=State.WAITING)
        if mine.update(state=State.SENDING, claimed_by=claimant, claimed_at=now):
            return Notice.objects.select_related("to").get(pk=pk)
    return None


def unreachable(notice: Notice) -> bool:
    """Whether whom it is for has left since."""
    return notice.to is not None and not at_work(notice.to)


def sent(notice: Notice, now: datetime) -> None:
    """Also what a digest holds."""
    if _settle(notice, state=State.SENT, sent_at=now, problem=""):
        notice.parts.update(state=State.SENT, sent_at=now)


def fail(notice: Notice, problem: str) -> bool:
    """For good: trying again would not help. Whether this sender may say so."""
    failed = _settle(notice, state=State.FAILED, problem=problem)
    if failed:
        notice.parts.update(state=State.FAILED, problem=problem[:LONGEST_PROBLEM])
    return failed


def hold(notice: Notice, problem: str) -> None:
    _settle(notice, state=State.HELD, problem=problem)


def later(notice: Notice, problem: str, now: datetime) -> bool:
    """Another try after a while, and none any more after three days: whether it is given up now."""
    if notice.tries + 1 >= MOST_TRIES:
        return fail(notice, problem)
    wait = timedelta(minutes=MINUTES[min(notice.tries, len(MINUTES) - 1)])
    _settle(notice, state=State.WAITING, problem=problem, due_at=now + wait, tries=notice.tries + 1)
    return False


def put_back(notice: Notice, problem: str) -> None:
    """The server was not there, which says nothing of this mail: it waits as long as that takes."""
    _settle(notice, state=State.WAITING, problem=problem)


def _settle(notice: Notice, **changes) -> bool:
    """Only by the sender that took it: one that was thought dead changes nothing any more."""
    mine = Notice.objects.filter(pk=notice.pk, state=State.SENDING, claimed_by=notice.claimed_by)
    changes["problem"] = changes["problem"][:LONGEST_PROBLEM]
    return bool(mine.update(claimed_by="", claimed_at=None, **changes))


def came_back(message_ids: Iterable[str], why: str) -> list[Notice]:
    """A server took these mails and gave them back: they did not arrive; those of ours.

    Only who got a mail, or carried it, knows its Message-ID.
    """
    ids = [f"<{one.strip('<>')}>" for one in message_ids]
    with saying.for_keeps():
        problem = _("It came back: %(why)s") % {"why": why} if why else _("It came back.")
    problem = problem[:LONGEST_PROBLEM]
    returned = list(Notice.objects.filter(message_id__in=ids, state=State.SENT))
    gone = Q(digest__in=returned) | Q(pk__in=[one.pk for one in returned])
    Notice.objects.filter(gone, state=State.SENT).update(state=State.FAILED, problem=problem)
    return returned


def recover(now: datetime) -> int:
    """Notices whose sender was killed wait again; how many. A mail sent again has the Message-ID it had.

    A sender of this machine is asked for; one of another is waited for as long as it may take.
    """
    going = Notice.objects.filter(state=State.SENDING)
    claimants = set(going.values_list("claimed_by", flat=True))
    dead = [claimant for claimant in claimants if _is_dead(claimant)]
    left = going.filter(Q(claimed_by__in=dead) | Q(claimed_at__lt=now - LEASE) | Q(claimed_at=None))
    return left.update(state=State.WAITING, claimed_by="", claimed_at=None)


def _is_dead(claimant: str) -> bool:
    machine, _, rest = claimant.rpartition("|")[0].rpartition("|")
    if machine != _machine() or not rest.isdecimal():
        return False
    try:
        os.kill(int(rest), 0)
    except ProcessLookupError:
        return True
    except OSError:  # somebody else's process: it lives
        return False
    return False


def again(now: datetime) -> int:
    """What failed is tried once more; how many."""
    failed = Notice.objects.filter(state=State.FAILED, digest=None)
    return failed.update(state=State.WAITING, due_at=now, tries=0)
