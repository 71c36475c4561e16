"""Dates as they are written in options."""

from typing import Any


def moment(text: str, option: str) -> Any:
    """The start of what was named: a year, a month, a day or a time. Raises BadInput."""
    import numpy as np

    from andon.lake import BadInput

    try:
        return np.datetime64(text.strip().replace(" ", "T"), "s")
    except ValueError:
        raise BadInput(
            f"{option} {text} is not a date.", "Write it as 2025-01-31, 2025-01 or 2025-01-31T12:00."
        ) from None


def end_of(text: str, option: str) -> Any:
    """The last second of what was named: “2025-01” ends on 31 January. Raises BadInput."""
    import numpy as np

    moment(text, option)
    named = np.datetime64(text.strip().replace(" ", "T"))
    unit: Any = np.datetime_data(named.dtype)[0]
    return (named + np.timedelta64(1, unit)).astype("datetime64[s]") - np.timedelta64(1, "s")
