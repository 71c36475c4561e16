"""Counting a wave that is over: what may be shown is kept, everything else is deleted, and with it the key."""

import random
import uuid
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime

from django.db import transaction

from andon.culture.pulse import sealing
from andon.culture.pulse.models import RESPONSE, Box, Remark, Result, Wave
from andon.culture.pulse.rules import scoring
from andon.culture.pulse.rules.suppression import shown
from andon.culture.pulse.structure import ALL
from andon.people.trail import record

Values = list[tuple[int, float]]  # cell, points of one person


def count(wave: Wave, now: datetime, *, rng: random.Random | None = None) -> bool:
    """Counts once; False where there was nothing to count. A wave whose key is lost says so and is over."""
    with transaction.atomic():
        wave = Wave.objects.select_for_update().get(pk=wave.pk)
        if wave.counted_at or now < wave.closes_at:
            return False
        try:
            contents = sealing.unseal(Box.objects.get(wave=wave).sealed, sealing.key_of(str(wave.key)))
        except sealing.LostKeyError:
            wave.problem = "lost"
            contents = sealing.Contents()
        _keep(wave, contents, rng or random.SystemRandom())
        _settle(wave, now)
    sealing.forget_key(str(wave.key))
    return True


def _settle(wave: Wave, now: datetime) -> None:
    Box.objects.filter(wave=wave).update(sealed=b"")
    wave.counted_at, wave.by_slip = now, []
    wave.save(update_fields=["counted_at", "by_slip", "problem", "together"])
    record(None, "pulse.counted", wave, now)


def sweep() -> None:
    """Keys of waves that are counted: one is left where the machine stopped between counting and deleting."""
    for path in sealing.folder().glob("*.key"):
        if Wave.objects.counted().filter(key=_uuid(path.stem)).exists():
            sealing.forget_key(path.stem)


def _uuid(name: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(name)
    except ValueError:
        return None


def _keep(wave: Wave, contents: sealing.Contents, rng: random.Random) -> None:
    groups = groups_of(wave)
    answered = [cell for cell, _answers in contents.ballots]
    told = shown(groups, _counts(answered, wave), wave.fewest)
    results = [*_response(wave, groups, answered, told)]
    for dimension in dict.fromkeys(question["dimension"] for question in wave.questions):
        results += _of_dimension(wave, dimension, groups, contents.ballots, told)
        if hanging := _together(wave, dimension, contents.ballots):
            wave.together[dimension] = hanging
    Result.objects.bulk_create(results)
    Remark.objects.bulk_create(_remarks(wave, groups, contents, told, rng))


def groups_of(wave: Wave) -> dict[str, list[int]]:
    """Cells of each group; the last cell is of those who moved elsewhere, who are in the whole only."""
    cells = list(enumerate(wave.cells))
    groups = {unit["key"]: [i for i, cell in cells if unit["key"] in cell["in"]] for unit in wave.units}
    return {key: [*places, len(cells)] if key == ALL else places for key, places in groups.items()}


def _place(cell: int, wave: Wave) -> int:
    return cell if 0 <= cell < len(wave.cells) else len(wave.cells)


def _counts(answered: Sequence[int], wave: Wave) -> list[int]:
    found = Counter(_place(cell, wave) for cell in answered)
    return [found[cell] for cell in range(len(wave.cells) + 1)]


def _response(wave: Wave, groups: dict, answered: list[int], told: frozenset[str]) -> Iterator[Result]:
    counts, asked = _counts(answered, wave), {unit["key"]: unit["asked"] for unit in wave.units}
    for key in sorted(told):
        n = sum(counts[cell] for cell in groups[key])
        yield Result(
            wave=wave, unit=key, measure=RESPONSE, n=scoring.down(n), value=scoring.share(n, asked[key])
        )


def _of_dimension(
    wave: Wave, dimension: str, groups: dict, ballots: Sequence, told: frozenset[str]
) -> Iterator[Result]:
    """What is shown of a dimension is shown of the response too, so that no second set of groups crosses the first."""
    values = _values(wave, dimension, ballots)
    counts = _counts([cell for cell, _value in values], wave)
    kept = {key: groups[key] for key in told}
    fine = shown(kept, counts, wave.fewest_comments)
    deviation = scoring.spread([value for _cell, value in values])
    for key in sorted(shown(kept, counts, wave.fewest)):
        mine = [value for cell, value in values if cell in set(groups[key])]
        score = scoring.score(mine, deviation, len(values))
        yield Result(
            wave=wave, unit=key, measure=dimension, n=score.n, value=score.value, half=score.half,
            shares=list(scoring.shares(mine)) if key in fine else [],
        )  # fmt: skip


def _values(wave: Wave, dimension: str, ballots: Sequence) -> Values:
    found = []
    for cell, given in _given(wave, dimension, ballots):
        if (value := scoring.of_person(given)) is not None:
            found.append((_place(cell, wave), value))
    return found


def _given(wave: Wave, dimension: str, ballots: Sequence) -> Iterator[tuple[int, list[float | None]]]:
    """Cell and points of the questions of a dimension, of each person; None where one was not answered."""
    asked = [(i, q["turned"]) for i, q in enumerate(wave.questions) if q["dimension"] == dimension]
    for cell, answers in ballots:
        yield (
            cell,
            [None if answers[i] is None else scoring.points(answers[i], turned) for i, turned in asked],
        )


def _together(wave: Wave, dimension: str, ballots: Sequence) -> float | None:
    return scoring.together([given for _cell, given in _given(wave, dimension, ballots)])


def _remarks(
    wave: Wave, groups: dict, contents: sealing.Contents, told: frozenset[str], rng: random.Random
) -> list[Remark]:
    """Comments of groups in which enough took part, each with the groups that may read it, in random order."""
    counts = _counts([cell for cell, _answers in contents.ballots], wave)
    fine = shown({key: groups[key] for key in told}, counts, wave.fewest_comments)
    read = [
        (text, sorted(key for key in fine if _place(cell, wave) in groups[key]))
        for cell, text in contents.comments
    ]
    made = [
        Remark(id=uuid.UUID(int=rng.getrandbits(128), version=4), wave=wave, units=units, text=text)
        for text, units in read
        if units
    ]
    rng.shuffle(made)
    return made
