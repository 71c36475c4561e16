"""From a chart to what the system has to do with it, and to what is said of oneself."""

from playwright.sync_api import expect

from tests.browser.steps import go, unfold

MEASURE = "/mechanisms/returns-and-refunds/repeat-contact/"


def test_from_a_chart_to_how_much_of_it_is_the_system(visit):
    page = visit("leader")
    page.goto(MEASURE)
    page.locator("main").get_by_role("link", name="Is it the system?").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What is not chance is mostly the system.")
    expect(page.locator("tr.here")).to_contain_text("Returns and refunds")
    unfold(page, "Each part with its interval")
    expect(page.get_by_role("row", name="people, wherever they work")).to_be_visible()


def test_somebody_reads_their_own_numbers_and_how_they_came_about(visit):
    page = visit("employee", "phone-dark")
    page.goto("/")
    go(page, "My work")
    page.get_by_role("link", name="How my numbers read").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("How my numbers read")
    card = page.locator(".estimate").first
    expect(card).to_contain_text("What a raw number would have said")
    card.get_by_role("link", name="How it was computed").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("How person and process are separated")


def test_the_pages_need_no_script(open_page, site, visit):
    cookies = visit("employee").context.cookies()
    page = open_page(site.url, java_script_enabled=False)
    page.context.add_cookies(cookies)
    for path in ("/system/", MEASURE + "system/", "/me/estimates/"):
        assert page.goto(path).status == 200
        expect(page.locator("main .c-share, main .range").first).to_be_visible()
