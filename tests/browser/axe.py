"""What a screen reader, or a person who cannot see the page as we do, would stumble over."""

from axe_playwright_python.sync_playwright import Axe

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
EVERYTHING = {"type": "tag", "values": TAGS}
CONTRAST = {"type": "rule", "values": ["color-contrast"]}  # all that the colours of a page can break
TOO_WIDE = """() => {
  const page = document.documentElement;
  if (page.scrollWidth <= page.clientWidth + 1) return [];
  const beyond = [...document.querySelectorAll("body *")].filter(
    node => node.getClientRects().length && node.getBoundingClientRect().right > page.clientWidth + 1);
  return beyond.map(node => `${node.tagName}.${node.className} ${node.textContent.trim().slice(0, 40)}`);
}"""

TWICE = """() => {
  const count = {};
  for (const node of document.querySelectorAll("[id]")) count[node.id] = (count[node.id] ?? 0) + 1;
  return Object.keys(count).filter(id => count[id] > 1);
}"""


def assert_accessible(page, rules: dict = EVERYTHING) -> None:
    assert page.evaluate(TWICE) == [], f"{page.url}: a label may belong to the wrong one of these"
    results = Axe().run(page, options={"runOnly": rules, "resultTypes": ["violations"]})
    found = "\n".join(_in_words(one) for one in results.response["violations"])
    assert not found, f"{page.url}\n{found}"


def _in_words(violation: dict) -> str:
    places = ", ".join(str(node["target"][0]) for node in violation["nodes"][:3])
    return f"{violation['id']}: {violation['help']} at {places}"


def assert_fits(page) -> None:
    """Nothing scrolls sideways but tables in their own frame."""
    wide = page.evaluate(TOO_WIDE)
    assert wide == [], f"{page.url} is wider than the screen"
