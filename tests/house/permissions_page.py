"""The matrix as a page of the docs: python -m tests.house.permissions_page writes docs/reference/permissions.md."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "permissions.md"
WHO = {
    "alice": "self",
    "martin": "own manager",
    "lena": "leader, and above that manager",
    "hana": "HR partner",
    "bob": "same team",
    "mona": "another team's manager",
    "charlie": "another team",
    "frank": "former manager",
    "olga": "mechanism owner",
    "ana": "analyst",
    "adam": "administrator",
}
HEAD = """# Who may open what

Every address of the product against everybody, as the tests try it (`tests/house/permissions/`; a new address without
a line there fails them). This page is written from the same lines: `python -m tests.house.permissions_page`.

The things of the addresses belong to one employee, *self*, and to the mechanism that their team uses. **look**: the
page opens. **act**: what is sent there is taken. **both** is both. Nothing: the address answers as if it did not
exist. Whoever has not signed in, or has signed out, is asked to sign in at every address; whoever has left is signed
out at the next one and cannot sign in. The pages of the libraries for signing in are theirs.

What a page then holds may differ by who looks: a list shows each person their own part of it, and the tests of each
stage hold that to account.
"""


def _cell(rule: Any, who: str) -> str:
    return {(True, True): "both", (True, False): "look", (False, True): "act"}.get(
        (who in rule.look, who in rule.act), ""
    )


def text(rules: Mapping[str, Any]) -> str:
    lines = [HEAD]
    for area in sorted({name.split(":")[0] for name in rules}):
        named = {name: rule for name, rule in rules.items() if name.split(":")[0] == area}
        lines += [
            f"## {area}",
            "",
            f"| address | {' | '.join(WHO.values())} |",
            f"|{' --- |' * (len(WHO) + 1)}",
        ]
        lines += [
            f"| `{name}` | {' | '.join(_cell(rule, who) for who in WHO)} |"
            for name, rule in sorted(named.items())
        ]
        lines.append("")
    return "\n".join(lines)


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "andon.config.testing")
    import django

    django.setup()
    from tests.house.permissions import RULES  # needs the models that the addresses are about

    PAGE.write_text(text(RULES), encoding="utf-8")


if __name__ == "__main__":
    main()
