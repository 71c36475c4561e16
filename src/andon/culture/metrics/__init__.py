"""Which metrics matter to customers, as last computed from the lake, and what rests on one that does not.

Units are metrics, mechanisms and teams. No person is in what is kept.
"""
