"""Clusters: what belongs together in attributes, words and time, more than chance allows."""
