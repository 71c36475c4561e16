"""Every page, for those who may open it: on a phone and a desk, light and dark, for eyes and for screen readers."""

import pytest

from tests.browser.axe import CONTRAST, assert_accessible, assert_fits
from tests.browser.conftest import LOOKS
from tests.browser.running import ROLES

# An address, or a listing and what to open from it.
EVERYBODY = [
    "/",
    "/wall/",
    "/mechanisms/",
    "/mechanisms/returns-and-refunds/",
    "/voice/",
    ("/voice/", "#stream .item-meta a[href^='/voice/']"),
    "/voice/clusters/",
    ("/voice/clusters/", "article.cluster h3 a"),
    "/escalations/",
    ("/escalations/", "main .item-title a"),
    "/escalations/raise/",
    "/journeys/",
    "/journeys/?show=at:complaint-desk",
    "/journeys/steps/returns-and-refunds/",
    "/journeys/how/",
    "/review/",
    ("/review/", ".review-weeks a"),
    ("/mechanisms/returns-and-refunds/", ".head-acts a.cord"),
    "/system/",
    "/system/how/",
    "/metrics/",
    "/metrics/?of=repeat_contact&in=phone-line",
    "/contact-centre/",
    "/contact-centre/handling/",
    "/contact-centre/occupancy/",
    "/mechanisms/returns-and-refunds/repeat-contact/system/",
    "/mechanisms/sign-in/sign-ins/system/",
    "/me/estimates/",
    "/people/",
    ("/people/", "#found th a"),
    "/people/teams/",
    "/people/teams/returns-and-payments/",
    "/accounts/2fa/",
]
LEADER = [
    "/leaders/",
    "/leaders/silence/",
    "/wall/?out=1",
    "/wall/?screen=1",
    "/voice/?q=refund",
    "/voice/?q=qqxyz",
    "/escalations/?closed=1",
    "/escalations/8/",
    "/escalations/8/explanation/",
    ("/escalations/8/", "main a[href*='/changes/']"),
    "/mail/",
]
ADMINISTRATOR = [
    "/mechanisms/+new/",
    "/mail/boxes/",
    "/mail/boxes/new/",
    "/mechanisms/returns-and-refunds/+revise/",
    "/mechanisms/returns-and-refunds/+retire/",
    "/mechanisms/returns-and-refunds/+measure/",
    "/mechanisms/returns-and-refunds/time-to-refund/+edit/",
    "/mechanisms/returns-and-refunds/time-to-refund/+phase/",
    "/data/",
    "/data/bring/",
    ("/data/", "main .table th a"),
    "/people/roles/",
    "/accounts/logout/",
    "/accounts/password/change/",
]
MANAGER = [
    "/hours/",
    ("/hours/", "main .item-title a"),
    "/team/",
    ("/team/", "main h3.item-title a"),
    "/team/owed/",
    ("/team/owed/", "main .item-title a[href^='/team/owed/']"),
    ("/team/owed/", "main .item-title a[href^='/team/coaching/']"),
    "/me/one-to-ones/plan/",
]
EMPLOYEE = [
    "/me/coaching/",
    ("/me/coaching/", "main .item-title a"),
    "/me/one-to-ones/",
    ("/me/one-to-ones/", "main .item-title a"),
]
OWN = [
    "/me/",
    "/me/notices/",
    "/me/accomplishments/",
    ("/me/accomplishments/", "main .item-title a"),
    "/me/accomplishments/+new/",
    "/me/feedback/",
    ("/me/feedback/", "main a[href$='/answer/']"),
    ("/me/feedback/", "section:nth-of-type(2) .item-title a"),
    "/me/feedback/+ask/",
    "/me/feedback/+give/",
    "/me/recognition/",
    "/me/recognition/+give/",
    "/me/training/",
    "/me/training/+enrol/",
    ("/me/training/", "a[href*='/courses/']"),
    "/me/mentoring/",
    "/me/mentoring/+ask/",
    "/me/careers/",
    ("/me/careers/", "a[href*='/roles/']"),
    ("/me/careers/", "a[href*='/skills/']"),
    ("/me/careers/", "a[href*='/confirmations/']"),
    "/me/development/",
    "/me/self-assessment/",
    ("/me/self-assessment/", "main .item-title a"),
]
KEPT_BY_HR = [
    "/hr/courses/",
    ("/hr/courses/", "main .item-title a"),
    "/hr/skills/",
    "/hr/skills/+new/",
    ("/hr/skills/", "main .item-title a"),
    ("/hr/skills/", "a[href*='/skills/roles/']"),
    "/hr/paths/",
]
AIMS = [
    *[("employee", page) for page in ("/standards/", "/standards/history/", "/principles/", "/objectives/")],
    ("employee", ("/standards/", "main .item-title a")),
    ("employee", ("/objectives/", "main .item-title a")),
    *[("employee", page) for page in ("/objectives/mine/", "/objectives/+new/", "/objectives/cycles/")],
    *[("manager", page) for page in ("/standards/team/", "/objectives/line/", "/objectives/templates/")],
    *[("manager", page) for page in ("/objectives/templates/+new/", "/objectives/import/")],
    ("manager", ("/objectives/templates/", "main .item-acts a")),
    *[
        ("HR partner", page)
        for page in ("/standards/calibration/", "/standards/roles/", "/standards/roles/+new/")
    ],
    ("HR partner", ("/standards/roles/", "main .item-title a")),
    ("HR partner", ("/standards/roles/customer-adviser/", "main .item-title a")),
    ("HR partner", ("/standards/roles/customer-adviser/", "a[href$='+standard/']")),
    ("HR partner", ("/standards/roles/customer-adviser/", "a[href$='+people/']")),
    ("HR partner", "/principles/ownership/"),
    ("HR partner", "/principles/ownership/+behaviour/"),
]
PLANS = [
    ("employee", "/me/plan/"),
    ("person in a plan", "/me/plan/"),
    ("person in a plan", ("/me/plan/", "main a[href^='/me/plan/gate/']")),
    ("person in a plan", ("/me/plan/", "main .item-title a")),
    ("their manager", "/plans/"),
    ("their manager", ("/plans/", "main a[href^='/plans/gate/']")),
    ("their manager", ("/plans/", "main .item-title a")),
    ("HR partner", "/hr/plans/"),
    ("HR partner", ("/hr/plans/", "main .item-title a")),
    ("HR partner", "/hr/consistency/"),
    ("HR partner", "/hr/calibration/"),
]
NOBODY = ["/accounts/login/", "/accounts/password/reset/"]
IN_FULL = [
    *[("leader", page) for page in EVERYBODY + LEADER],
    *[("administrator", page) for page in ADMINISTRATOR],
    *[("manager", page) for page in MANAGER],
    *[("employee", page) for page in EMPLOYEE],
    *[("employee", page) for page in OWN],
    *[("HR partner", page) for page in KEPT_BY_HR],
    *PLANS,
    *[(None, page) for page in NOBODY],
    *AIMS,
]
IN_FULL += [
    *[("employee", page) for page in ("/me/record/", "/me/record/readers/", "/what-is-kept/")],
    ("employee", ("/me/record/", "main .item-title a")),
    ("employee", ("/me/record/", ".head-acts a[href$='add/']")),
    *[
        ("HR partner", page)
        for page in ("/hr/law/", "/hr/law/holds/new/", "/hr/law/leavers/", "/hr/law/retention/record/")
    ],
    ("HR partner", ("/hr/law/leavers/", "main .item-title a")),
]
OTHERS = [role for role in ROLES if role != "leader"]
PERSONAL = [
    "/",
    "/mechanisms/returns-and-refunds/",
    "/voice/",
    "/people/",
    "/me/estimates/",
    "/me/coaching/",
    "/team/owed/",
]  # where what is shown depends on who looks


def open_it(page, address: str | tuple[str, str]) -> None:
    listing, link = address if isinstance(address, tuple) else (address, None)
    assert page.goto(listing).status == 200
    if link:
        assert page.goto(page.locator(link).first.get_attribute("href")).status == 200


@pytest.mark.parametrize(("role", "address"), IN_FULL)
def test_a_page_is_accessible_and_fits_on_a_phone_and_a_desk_in_light_and_dark(visit, role, address):
    page = visit(role, "phone-light")
    open_it(page, address)
    for width, scheme, other in (("phone", "light", "dark"), ("desktop", "dark", "light")):
        size, _ = LOOKS[f"{width}-{scheme}"]
        page.set_viewport_size({"width": size[0], "height": size[1]})
        page.emulate_media(color_scheme=scheme)
        assert_fits(page)
        assert_accessible(page)
        page.emulate_media(color_scheme=other)
        assert_accessible(page, CONTRAST)


@pytest.mark.parametrize("role", OTHERS)
@pytest.mark.parametrize("address", PERSONAL)
def test_a_page_is_accessible_and_fits_whoever_looks(visit, role, address):
    look = ("phone-dark", "desktop-light")[OTHERS.index(role) % 2]
    page = visit(role, look)
    open_it(page, address)
    assert_fits(page)
    assert_accessible(page)
