"""Addresses at which Andon reads mail itself."""

from email.utils import parseaddr

from django.conf import settings

from andon.signals.models import Mailbox


def is_ours(address: str) -> bool:
    """Whether mail to an address comes back to Andon; also with something after a plus."""
    return _plain(address) in {_plain(one) for one in (_sender(), *Mailbox.objects.ours())}


def _sender() -> str:
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1]


def _plain(address: str) -> str:
    local, _, domain = address.lower().rpartition("@")
    return f"{local.split('+')[0]}@{domain}"
