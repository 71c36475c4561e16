"""What is done with what customers said, and with files: permission, writing and audit in one."""

from andon.signals.assigning import assign, undo
from andon.signals.bringing import bring, map_columns, take_out, try_again
from andon.signals.views import forget_view, save_view

__all__ = ["assign", "bring", "forget_view", "map_columns", "save_view", "take_out", "try_again", "undo"]
