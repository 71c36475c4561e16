"""What every test may ask for."""

import os
import tempfile

os.environ.setdefault("ANDON_HOME", tempfile.mkdtemp(prefix="andon-test-"))
