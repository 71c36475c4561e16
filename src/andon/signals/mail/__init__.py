"""Reading mail: bytes in, a `Letter` out. Nothing of Django, no clock, no I/O; no bytes make it raise."""

from andon.signals.mail.letter import Address, Attachment, Letter, Original
from andon.signals.mail.reading import read

__all__ = ["Address", "Attachment", "Letter", "Original", "read"]
