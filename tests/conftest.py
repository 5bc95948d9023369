"""What every test shares."""

import os

from hypothesis import settings

# CI tries the same examples every time: what landed once does not fail the next change. A developer's machine tries new ones.
settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("ci")
