"""What people are told: on their page at once, and by mail as they chose. Every stage tells inside its transaction."""

from andon.people.notices.kinds import Kind, Way
from andon.people.notices.telling import speaking_to, tell
from andon.people.notices.threads import thread_address, thread_of

__all__ = ["Kind", "Way", "speaking_to", "tell", "thread_address", "thread_of"]
