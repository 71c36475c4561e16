"""Which groups may be shown, such that nothing smaller follows from what is shown, now or together with before. Pure.

A group of fewer than five is not shown, and where one hidden group would follow by subtraction from the whole, the next
smallest is hidden with it. Two audits differ by nobody or by five of a group, or the later one is counted as the earlier.
"""

import hashlib
import hmac
from collections.abc import Collection, Iterable, Mapping

SMALLEST = 5
Groups = Mapping[int, str]
"""Person to the group they are in."""


def shown(sizes: Mapping[str, int], smallest: int = SMALLEST) -> frozenset[str]:
    """Groups to show: none where fewer than two are left, as nothing can be compared then."""
    order = sorted(sizes, key=lambda name: (sizes[name], name))
    hidden = {name for name in order if sizes[name] < smallest}
    for name in order:
        if not hidden or (len(hidden) > 1 and sum(sizes[one] for one in hidden) >= smallest):
            break
        hidden.add(name)
    left = frozenset(sizes) - hidden
    return left if len(left) > 1 else frozenset()


def sizes_of(groups: Groups, people: Iterable[int] | None = None) -> dict[str, int]:
    found: dict[str, int] = {}
    for person in groups if people is None else people:
        if person in groups:
            found[groups[person]] = found.get(groups[person], 0) + 1
    return found


def token(secret: str, attribute: str, group: str, person: int) -> str:
    """Stands for somebody in a group: without the secret of the installation nobody can tell whom, or which."""
    text = f"{attribute}\x1f{group}\x1f{person}".encode()
    return hmac.new(secret.encode(), text, hashlib.sha256).hexdigest()[:12]


def pinned(groups: Groups, before: Groups, smallest: int = SMALLEST) -> dict[int, str]:
    """The groups as an earlier audit counted them, wherever fewer than five of a group are new or gone since."""
    found = dict(groups)
    for group, people in _apart(groups, before).items():
        if len(people) < smallest:
            found = {key: name for key, name in found.items() if not (name == group and key in people)}
    for group, people in _apart(before, groups).items():
        if len(people) < smallest:
            found |= {person: group for person in people if person not in found}
    return found


def _apart(one: Groups, other: Groups) -> dict[str, set[int]]:
    found: dict[str, set[int]] = {}
    for person, group in one.items():
        if other.get(person) != group:
            found.setdefault(group, set()).add(person)
    return found


Counted = Mapping[str, Collection[str]]
"""Group to the tokens of those counted in it; only groups that were shown."""


def tells_of_few(one: Counted, other: Counted, smallest: int = SMALLEST) -> bool:
    """Whether both shown together tell of a few: of some group fewer than five are in one of them only."""
    both = one.keys() & other.keys()
    return any(telling(one[group], other[group], smallest) for group in both)


def telling(one: Collection[str], other: Collection[str], smallest: int = SMALLEST) -> bool:
    a, b = set(one), set(other)
    return any(0 < len(apart) < smallest for apart in (a - b, b - a))
