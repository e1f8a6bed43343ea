"""The `lotsen` command alone says what it can do."""

import re

from config.cli import overview


def test_overview_says_our_own_commands_first_with_a_sentence_each():
    ours, of_django = overview().split("Of Django and its parts:")
    assert re.search(r"^  programme +Check or load a programme's template file", ours, re.MULTILINE)
    assert "  migrate " in ours
    assert "collectstatic" in of_django
    assert "programme" not in of_django
