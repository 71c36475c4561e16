"""From cells to an answer in words. One code path for a file on the command line and for the application."""

from andon.analysis.every import choose_every
from andon.analysis.reviewing import review, review_many
from andon.analysis.spec import Kind, Points, Review, Reviewed, ReviewSpec

__all__ = ["Kind", "Points", "Review", "ReviewSpec", "Reviewed", "choose_every", "review", "review_many"]
