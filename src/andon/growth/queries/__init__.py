"""What is looked up across the nouns of growth, a module a topic."""

from andon.growth.owed import owed_by
from andon.growth.queries.support import support_before

__all__ = ["owed_by", "support_before"]
