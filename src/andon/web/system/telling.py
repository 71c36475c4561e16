"""What a separation says, in sentences for everybody."""

from collections.abc import Mapping, Sequence
from typing import Any

from andon.attribution.models import Estimate, Separation
from andon.plots import words
from andon.web.system.shares import CHANCE, PEOPLE, Bar

INSEPARABLE = Estimate.Verdict.INSEPARABLE.value
NEARLY_ALL = 0.98
PARTS = {
    "worker": "person",
    "period": "time",
    "worker × mechanism": "person within a mechanism",
    "worker × period": "a person's good and bad times",
    "mechanism × period": "a mechanism's good and bad times",
}


def heading(separation: Separation, parts: Bar | None) -> str:
    """The answer in one sentence."""
    if parts is None:
        return "Is it the system?"
    if parts.of(CHANCE) >= NEARLY_ALL:
        return "Nearly all of it is chance."
    if len(separation.mechanisms) < 2 or not apart(separation):
        return "Person and process cannot be told apart here."
    if not parts.of(PEOPLE):
        return "All that can be told apart from chance is the system."
    if parts.system >= 0.5:
        return (
            "Most of it is the system."
            if parts.of(CHANCE) < 0.5
            else "What is not chance is mostly the system."
        )
    return "People differ more than the system does here."


def apart(separation: Separation) -> bool:
    """Whether most people work in more than one mechanism with others, so that shares mean what they say."""
    return separation.counts.get(INSEPARABLE, 0) <= separation.workers / 2


def ranking(rankings: Sequence[Mapping[str, Any]]) -> str:
    """What a list of raw numbers would have done, in one sentence."""
    if not rankings:
        return ""
    named, cleared = rankings[0]["named"], rankings[0]["cleared"]
    told = f"A list of the lowest tenth by raw numbers would name {words.counted(named, 'person', 'people')}"
    if not cleared:
        return f"{told}."
    whom = "all of them" if cleared == named else f"{words.few(cleared)} of them"
    return (
        f"{told}; once the work that came their way is taken into account, {whom} {'is' if cleared == 1 else 'are'} "
        "more likely than not on the right side of the line."
    )


def facts(separation: Separation) -> list[tuple[str, str]]:
    """How it came about."""
    model = separation.model
    parts = [PARTS.get(name, name) for name in model.get("parts", {})]
    return [
        ("Cases", f"{separation.n:,}, served by {words.counted(separation.workers, 'person', 'people')}"),
        ("From and to", _span(separation)),
        ("Told apart", ", ".join(parts)),
        ("Model", _model(separation)),
        ("Settled", _settled(model)),
        ("Check", model.get("calibration", {}).get("reason", "")),
        ("Verdicts", _verdicts(separation)),
        ("Not here now", _unknown(separation.unknown)),
    ]  # fmt: skip


def _unknown(count: int) -> str:
    return words.counted(count, "person", "people") if count else ""


def _span(separation: Separation) -> str:
    if not (separation.starts and separation.ends):
        return ""
    return f"{words.date(separation.starts.date())} to {words.date(separation.ends.date())}"


def _model(separation: Separation) -> str:
    kinds = {"proportion": "logistic", "value": "linear", "count": "Poisson"}
    cells = separation.model.get("cells")
    told = f"{kinds[separation.kind]} mixed model with crossed effects"
    return f"{told}, fitted to {cells:,.0f} cells" if cells else told


def _settled(model: Mapping[str, Any]) -> str:
    gradient = model.get("gradient_norm")
    if gradient is None:
        return ""
    return f"{'yes' if model.get('converged') else 'no'} (gradient {gradient:.1g})"


def _verdicts(separation: Separation) -> str:
    if not separation.verdicts:
        return "none are given, as the check was not passed"
    told = ", ".join(f"{word}: {count:,}" for word, count in separation.counts.items() if count)
    return told or "given to each person alone, as so few served"
