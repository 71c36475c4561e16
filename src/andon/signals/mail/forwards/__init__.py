"""Whose message was forwarded: attached, or copied into the text by any mail program in any language."""

from andon.signals.mail.forwards.boundaries import Opening
from andon.signals.mail.forwards.finding import Found, find
from andon.signals.mail.forwards.subjects import Prefix, prefix_of, without_prefixes

__all__ = ["Found", "Opening", "Prefix", "find", "prefix_of", "without_prefixes"]
