"""Whom the data mean: staff numbers as files write them, and the people of the staff list."""

from collections.abc import Callable, Iterable

from andon.people.models import Person


def known_people(workers: Iterable[str]) -> dict[str, int]:
    """Worker to the key of a person at work. Who left, who is not on the list and who is meant twice is not in it.

    A file that was opened in a spreadsheet has lost leading zeros; such a number is found where it means one person.
    """
    numbers = list(Person.objects.values_list("number", "pk"))
    exact = dict(numbers)
    loose = _unambiguous((fold(number), pk) for number, pk in numbers)
    found = {worker: exact.get(worker) or loose.get(fold(worker)) for worker in workers}
    here = set(Person.objects.at_work().values_list("pk", flat=True))
    single = _unambiguous((pk, worker) for worker, pk in found.items() if pk in here)
    return {worker: pk for pk, worker in single.items()}


def means(person: Person) -> Callable[[str], bool]:
    """Whether a worker as files write them is this person: by their number, also without its leading zeros where that
    means nobody else. Also of somebody who left."""
    others = {
        fold(number) for number in Person.objects.exclude(pk=person.pk).values_list("number", flat=True)
    }
    number, loose = person.number, fold(person.number)
    return lambda worker: worker == number or (fold(worker) == loose and loose not in others)


def fold(number: str) -> str:
    text = number.strip().casefold()
    return text.lstrip("0") or text


def _unambiguous[K, V](pairs: Iterable[tuple[K, V]]) -> dict[K, V]:
    """Those keys that come with one value only."""
    found: dict[K, set[V]] = {}
    for key, value in pairs:
        found.setdefault(key, set()).add(value)
    return {key: values.pop() for key, values in found.items() if len(values) == 1}
