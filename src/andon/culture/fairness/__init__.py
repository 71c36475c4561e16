"""Whether the way people are managed is alike for everybody: rates by group, waiting, managers, exceptions.

Groups are attributes that the company records lawfully. They are kept apart, by a grant of their own, and no page shows
them of a person: only groups of five and more, and never so that a smaller one follows by subtraction.
"""
