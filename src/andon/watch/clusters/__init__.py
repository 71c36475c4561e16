"""Clusters of what customers said: looked for, kept, and told apart from what was known already."""

from andon.watch.clusters.refreshing import refresh

__all__ = ["refresh"]
