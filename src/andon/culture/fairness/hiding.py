"""Which groups may be shown, such that nothing smaller follows from what is shown, now or together with before. Pure.

A group of fewer than five is counted together with the next smallest, and with more until there are five. So everybody
is in what is shown, and nothing is left to be had by subtraction. Two audits differ by nobody or by five of a group:
else the later counts as the earlier did.
"""

import hashlib
import hmac
from collections.abc import Collection, Iterable, Mapping

SMALLEST = 5
PLUS = " + "
Groups = Mapping[int, str]
"""Person to the group they are in."""


def pooled(sizes: Mapping[str, int], smallest: int = SMALLEST) -> dict[str, str]:
    """Group to the name under which it is shown: "b + c" where small ones are counted together.

    Empty where fewer than two are left, as nothing can be compared then.
    """
    order = sorted(sizes, key=lambda name: (sizes[name], name))
    small = {name for name in order if sizes[name] < smallest}
    for name in order:
        if not small or (len(small) > 1 and sum(sizes[one] for one in small) >= smallest):
            break
        small.add(name)
    together = PLUS.join(sorted({part for name in small for part in name.split(PLUS)}))
    found = {name: together if name in small else name for name in sizes}
    return found if len(set(found.values())) > 1 else {}


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
"""Group, as it was shown, to the tokens of those counted in it."""


def tells_of_few(one: Counted, other: Counted, smallest: int = SMALLEST) -> bool:
    """Whether both shown together tell of a few: a group of one and a group of the other differ by fewer than five."""
    sets = [[set(tokens) for tokens in counted.values()] for counted in (one, other)]
    return any(a & b and telling(a, b, smallest) for a in sets[0] for b in sets[1])


def telling(one: Collection[str], other: Collection[str], smallest: int = SMALLEST) -> bool:
    a, b = set(one), set(other)
    return any(0 < len(apart) < smallest for apart in (a - b, b - a))
