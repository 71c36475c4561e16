"""Everybody above everybody: the reporting lines, kept as rows so that access is one look-up."""

from collections.abc import Iterator, Mapping

from django.db import transaction

from andon.people.models import Line, Person


def above(person: int, managers: Mapping[int, int | None]) -> Iterator[tuple[int, int]]:
    """(manager, depth) upwards from `person`; stops at somebody met before, so that a loop cannot hang it."""
    met, depth, manager = {person}, 1, managers.get(person)
    while manager is not None and manager not in met:
        yield manager, depth
        met.add(manager)
        manager, depth = managers.get(manager), depth + 1


@transaction.atomic
def rebuild() -> int:
    """Brings the lines up to date with the managers; how many rows changed.

    Five queries, whatever the size.
    """
    managers = dict(Person.objects.values_list("pk", "manager_id"))
    wanted = {(top, person, depth) for person in managers for top, depth in above(person, managers)}
    kept = {
        (top, low, depth): pk
        for pk, top, low, depth in Line.objects.values_list("pk", "above", "below", "depth")
    }
    gone = [pk for row, pk in kept.items() if row not in wanted]
    _delete(gone)
    new = sorted(wanted - kept.keys())
    Line.objects.bulk_create(
        (Line(above_id=top, below_id=low, depth=depth) for top, low, depth in new), batch_size=2000
    )
    return len(gone) + len(new)


def _delete(keys: list[int], size: int = 5000) -> None:
    for start in range(0, len(keys), size):
        Line.objects.filter(pk__in=keys[start : start + size]).delete()
