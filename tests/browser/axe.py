"""What a screen reader, or a person who cannot see the page as we do, would stumble over."""

from axe_playwright_python.sync_playwright import Axe

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def assert_accessible(page) -> None:
    results = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}})
    found = [_said(violation) for violation in results.response["violations"]]
    assert found == [], page.url + "\n" + "\n".join(found)


def assert_fits(page) -> None:
    """Nothing scrolls sideways but tables in their own frame."""
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 1, f"{page.url} is {wide} px wider than the screen"


def _said(violation: dict) -> str:
    where = ", ".join(str(node["target"][0]) for node in violation["nodes"][:3])
    return f"{violation['id']}: {violation['help']} at {where}"
