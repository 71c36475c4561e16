"""Ways as a picture: lanes, bars and bands, as wide as many went that way."""

import re

from hypothesis import given
from hypothesis import strategies as st

from andon.plots.flow import Flow, FlowBand, flow, flow_table

STAGES = ("First", "Second", "Third")
BANDS = (
    FlowBand(0, "Order", "Delivery", 100), FlowBand(0, "Order", "Order", 50), FlowBand(1, "Delivery", "", 80),
    FlowBand(1, "Delivery", "Refund", 20), FlowBand(1, "Order", "", 50),
)  # fmt: skip


def chart(*bands, **more):
    return Flow("Ways", "Most go on.", STAGES, bands or BANDS, **more)


def heights(svg, kind):
    return [float(found) for found in re.findall(rf'<rect class="{kind}"[^>]*height="([\d.]+)"', svg)]


def test_the_picture_is_one_image_with_its_sentence_and_no_style():
    svg = flow(chart())
    assert 'role="img" aria-label="Ways. Most go on."' in svg
    assert "style" not in svg
    assert "fill=" not in svg


def test_a_band_says_who_went_where_and_staying_is_drawn_apart():
    svg = flow(chart())
    assert "<title>Order, then Delivery: 100 journeys</title>" in svg
    again = re.search(r'<path class="c-stream c-again"[^>]*><title>([^<]*)', svg)
    assert again[1] == "Order, then Order: 50 journeys"


def test_bars_are_as_tall_as_many_stood_there():
    order, delivery = heights(flow(chart()), "c-stop")[:2]
    assert order == max(heights(flow(chart()), "c-stop"))
    svg = flow(chart())
    assert "Order, First: 150 journeys" in svg
    assert "Delivery, Second: 100 journeys" in svg
    assert delivery < order


def test_a_phone_sees_fewer_stages_and_lanes_and_all_that_goes_on_there():
    bands = [FlowBand(stage, f"s{i}", f"s{(i + 1) % 9}", 10 + i) for stage in range(3) for i in range(9)]
    wide = flow(Flow("T", "S", ("1", "2", "3", "4"), tuple(bands)), 720)
    narrow = flow(Flow("T", "S", ("1", "2", "3", "4"), tuple(bands)), 340)
    assert wide.count('class="c-name"') == 8
    assert narrow.count('class="c-name"') == 6
    assert ">4</text>" in wide
    assert ">4</text>" not in narrow
    assert "Other steps" in narrow


def test_names_are_escaped():
    assert "<b>" not in flow(chart(FlowBand(0, "<b>", "&", 3)))


def test_the_table_tells_every_band_and_who_went_no_further():
    header, rows = flow_table(chart())
    assert header == ("From", "Stage", "Journeys", "To")
    assert rows[0] == ("Order", "1", "100", "Delivery")
    assert ("Delivery", "2", "80", "no further") in rows


def test_without_ways_there_is_an_empty_picture():
    assert flow(Flow("T", "S", STAGES, ())).endswith('aria-label="T. S"></svg>')


NAMES = st.sampled_from(list("abcdefghijkl"))


@given(
    st.lists(
        st.builds(FlowBand, st.integers(0, 1), NAMES, NAMES | st.just(""), st.integers(1, 10**6)),
        min_size=1,
        max_size=40,
    ),
    st.sampled_from([340, 720]),
)
def test_whatever_ways_there_are_all_of_them_lie_within_the_picture(bands, width):
    svg = flow(Flow("T", "S", STAGES, tuple(bands)), width)
    height = float(re.search(r'viewBox="0 0 \d+ (\d+)"', svg)[1])
    for path in re.findall(r'class="c-stream[^"]*" d="([^"]*)"', svg):
        points = [float(number) for number in re.findall(r"-?\d+\.\d", path)]
        assert min(points) >= 0
        assert max(points) <= max(width, height) + 2
    for y, tall in re.findall(r'<rect[^>]* y="([\d.]+)"[^>]*height="([\d.]+)"', svg):
        assert float(y) + float(tall) <= height + 1
