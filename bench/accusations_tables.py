"""Tables of the experiment in Markdown: one world with every rule, and every world with the rules that matter."""

from __future__ import annotations

from typing import Any

from andon.simulate.worlds import WORLDS

ANDON = "Andon, false discoveries held at {:.0%}"
HELD = "process in the model, false discoveries held at {:.0%}"
TODAY = "lowest tenth by raw rate"
PLAIN, EVERY = "plain", "every world"
EMPTY = f"<!-- {PLAIN} -->\n<!-- end -->\n\n<!-- {EVERY} -->\n<!-- end -->\n"
Rules = dict[str, dict[str, Any]]


def filled(page: str, worlds: dict[str, Rules]) -> str:
    """The page with both tables between their marks."""
    if PLAIN in worlds:
        page = _between(page, PLAIN, one_world(PLAIN, worlds[PLAIN]))
    return _between(page, EVERY, all_worlds(worlds))


def _between(page: str, mark: str, table: str) -> str:
    begin, end = f"<!-- {mark} -->\n", "<!-- end -->"
    before, rest = page.split(begin, 1)
    return f"{before}{begin}{table}{end}{rest.split(end, 1)[1]}"


def one_world(name: str, rules: Rules) -> str:
    """Every rule in one kind of world."""
    first = next(iter(rules.values()))
    title = f"{name}: {WORLDS[name].sentence} {first['below']:,.0f} truly below; {_worlds(first['worlds'])}."
    head = "| rule | named | wrongly accused among them | found of those truly below |\n| --- | --- | --- | --- |"
    rows = [f"| {rule} | {_named(one)} | {_wrong(one)} | {_found(one)} |" for rule, one in rules.items()]
    return "\n".join([title, "", head, *rows]) + "\n"


def all_worlds(worlds: dict[str, Rules]) -> str:
    """Every kind of world: today's rule, the model without safeguards, and Andon at 5 %."""
    head = (
        "| world | worlds | lowest tenth: wrongly accused | model without safeguards: wrongly accused "
        "| Andon: named | wrongly accused | found | intervals right |\n" + "| --- " * 8 + "|"
    )
    rows = [_row(name, rules) for name, rules in worlds.items() if ANDON.format(0.05) in rules]
    return "\n".join([head, *rows]) + "\n"


def _row(name: str, rules: Rules) -> str:
    andon, model = rules[ANDON.format(0.05)], rules[HELD.format(0.05)]
    wrong, found = (_wrong(andon), _found(andon)) if andon["named"] else ("nobody named", _found(andon))
    cells = [
        f"`{name}`",
        andon["worlds"],
        _wrong(rules[TODAY]),
        _wrong(model),
        _named(andon) + _silent(andon),
    ]
    return "| " + " | ".join(str(cell) for cell in (*cells, wrong, found, f"{andon['covered']:.0%}")) + " |"


def _silent(one: dict[str, Any]) -> str:
    """Why nobody is named where nobody can be."""
    if one["inseparable"] > 0.5:
        return f", {one['inseparable']:.0%} cannot be separated"
    return f", withheld in {one['withheld']}" if one["withheld"] else ""


def _worlds(count: int) -> str:
    return "one world" if count == 1 else f"{count} worlds"


def _named(one: dict[str, Any]) -> str:
    return f"{one['named']:.0f}" if one["named"] >= 10 or not one["named"] else f"{one['named']:.1f}"


def _wrong(one: dict[str, Any]) -> str:
    return share(one["wrong"], one["wrong_error"]) if one["named"] else "nobody named"


def _found(one: dict[str, Any]) -> str:
    return share(one["found"], one["found_error"])


def share(value: float | None, error: float | None) -> str:
    """In per cent, with its standard error where it has one."""
    if value is None:
        return "–"
    around = f" ± {100 * error:.1f}" if error else ""
    return f"{100 * value:.1f}{around} %"
