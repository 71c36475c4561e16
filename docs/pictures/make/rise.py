"""docs/pictures/rise.png: python docs/pictures/make/rise.py found/report.html, after the command of the page."""

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

HEIGHT = 395  # of the card, in pixels: without its tables

with sync_playwright() as browsers:
    browser = browsers.chromium.launch(executable_path=shutil.which("chromium"))
    page = browser.new_page(viewport={"width": 900, "height": 900})
    page.goto(Path(sys.argv[1]).resolve().as_uri())
    card = page.locator("article.sheet", has_text="company = Chime").first.bounding_box()
    page.screenshot(
        path=Path(__file__).parents[1] / "rise.png", full_page=True, clip=card | {"height": HEIGHT}
    )
    browser.close()
