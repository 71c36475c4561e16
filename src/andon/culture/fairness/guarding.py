"""What was shown before, and whether a new table together with it would tell of a few."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from andon.culture.fairness.hiding import Counted, Groups, pinned, telling, tells_of_few, token

Tokens = dict[str, dict]
"""Attribute to {"people": [group to tokens], "cases": process to [tokens]}; the first of each is the whole span."""


@dataclass(slots=True)
class Guard:
    """Of one attribute: all that earlier audits showed, by their keys, and what this one shows so far."""

    secret: str
    attribute: str
    earlier: Mapping[int, Mapping]
    people: list[Counted] = field(default_factory=list)
    cases: dict[str, list[list[str]]] = field(default_factory=dict)

    def as_before(self, groups: Groups, possible: Iterable[tuple[int, str]]) -> dict[int, str]:
        """The groups as the newest earlier audit counted them, but for fives of people; `possible` are pairs."""
        if not self.earlier:
            return dict(groups)
        told = self.earlier[max(self.earlier)]["people"][:1]
        seen = {one for counted in told for tokens in counted.values() for one in tokens}
        before = {person: group for person, group in possible if self._token(group, person) in seen}
        return pinned(groups, before) if before else dict(groups)

    def tells(self, groups: Groups, names: Mapping[str, str]) -> int | None:
        """The earlier audit (0: this one) together with which these groups tell of a few; else they are noted.

        `names` is group to the name under which it is shown.
        """
        counted = self._counted(groups, names)
        for key, told in self._told():
            if any(tells_of_few(counted, one) for one in told):
                return key
        self.people.append(counted)
        return None

    def _told(self) -> list[tuple[int, list[Counted]]]:
        return [*((key, one["people"]) for key, one in self.earlier.items()), (0, self.people)]

    def tells_of_cases(self, process: str, groups: Groups, happened: Iterable[int]) -> int | None:
        """The same of those to whom something happened: fewer than five of them are new or gone."""
        mine = sorted(self._token(groups[one], one) for one in happened if one in groups)
        told = [(key, one["cases"].get(process, [])) for key, one in self.earlier.items()]
        for key, sets in [*told, (0, self.cases.get(process, []))]:
            if any(telling(mine, one) for one in sets):
                return key
        self.cases.setdefault(process, []).append(mine)
        return None

    def _counted(self, groups: Groups, names: Mapping[str, str]) -> Counted:
        found: dict[str, list[str]] = {name: [] for name in sorted(set(names.values()))}
        for person, group in groups.items():
            found[names[group]].append(self._token(group, person))
        return {name: sorted(tokens) for name, tokens in found.items()}

    def _token(self, group: str, person: int) -> str:
        return token(self.secret, self.attribute, group, person)

    @property
    def kept(self) -> dict:
        return {"people": self.people, "cases": self.cases}
