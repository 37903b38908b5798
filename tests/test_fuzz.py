"""A short, fixed run of the fuzzing harness; the long one is python -m tests.fuzz."""

import pytest

from .conftest import PATIENCE
from .fuzz import run

pytestmark = pytest.mark.slow


def test_mutated_content_never_breaks_the_program() -> None:
    tried, slowest = run(60, 20261124)
    assert tried >= 60
    assert slowest < PATIENCE
