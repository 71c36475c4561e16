"""What may be read into a before and an after."""

from andon.growth.rules.change import told
from andon.stats.returning import along_history as forecast


def test_what_came_anyway_is_always_said():
    assert "come anyway" in told(1.0, None, str)


def test_what_lies_within_the_forecast_is_nobodys_doing():
    history = [float(i % 5) for i in range(40)]
    assert "cannot show what your part was" in told(2.0, forecast(history, 4.0), str)
    assert "more happened" in told(900.0, forecast(history, 4.0), str)
