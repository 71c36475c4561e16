"""The script that makes charts live."""

import pytest

from andon.plots import engine


@pytest.mark.slow
def test_the_engine_is_one_module_that_exports_vega_embed():
    script = engine.javascript()
    assert script.rstrip().endswith("as vegaEmbed};")
    assert "http" not in script.split("export{")[-1]
