"""Whatever is sent to whichever address: a page answers, or says what is wrong; none breaks (figures B1 and B2).

As many examples as the profile of hypothesis says: HYPOTHESIS_PROFILE=night takes a night's worth (`make night`).
"""

from collections.abc import Callable
from urllib.parse import quote

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lotsen.access.models import User
from tests.house.source import expect_none
from tests.security.pages import Page
from tests.security.sending import clients, let_in, names_read
from tests.security.walk import POLYGLOT

#: What forms and pages of others have stumbled over.
NASTY = (
    *("", " ", "\x00", "a\x00b", "-1", "0", "1e999", "NaN", "null", "[]", "{}", "true", "9" * 40, "x" * 5000),
    *("0001-01-01", "9999-12-31", "2026-02-30", "29/2", "2026-13-01", "31 dec 9999", "1/1", "idag"),
    *("'", '"', "\\", "%", "%s", "%00", "{{7*191}}", "../../../etc/passwd", POLYGLOT, "\u202eabc", "İı", "🙂"),
    *("00000000-0000-0000-0000-000000000000", "١٩٧٠٠١٠١", "+46", "=1+1", "\r\n", "a@b", "\u2028"),
)
#: What a list may be filtered by, and cannot be.
FAR = ("9" * 40, "0001-01-01", "9999-12-31")
TYPED = st.sampled_from(NASTY) | st.text(max_size=20) | st.integers().map(str) | st.dates().map(str)
loose = settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
Target = tuple[str, Client, Page]


@pytest.fixture
def targets(people: dict[str, User | None], address_of: Callable[[str], str]) -> list[Target]:
    """Return each address with who is let in, and the names that its page sends, with what it offers for them."""
    them = clients(people)
    every = Page("")
    every.fields = {name: [""] for name in names_read()}
    found = []
    for name, who in let_in():
        url = address_of(name)
        answer = them[who].get(url)
        is_page = answer.status_code == 200 and answer["Content-Type"].startswith("text/html")
        found.append((url, them[who], Page(answer.content.decode()) if is_page else every))
    return found


def broken_by(client: Client, url: str, asked: dict[str, str], sent: dict[str, str] | None) -> list[str]:
    """Send, undo what it did, and return what broke."""
    point = transaction.savepoint()
    answer = client.get(url, asked) if sent is None else client.post(url, sent, query_params=asked)
    transaction.savepoint_rollback(point)
    return [f"{url} {asked} {sent}"] if answer.status_code >= 500 else []


def test_no_address_breaks_on_what_is_sent(targets: list[Target]) -> None:
    @loose
    @given(st.data())
    def sends(data: st.DataObject) -> None:
        url, client, page = data.draw(st.sampled_from(targets))
        fields = page.fields
        names = st.sampled_from([*fields, *names_read()])
        offered = sorted({value for values in fields.values() for value in values})
        values = TYPED | st.sampled_from(offered) if offered else TYPED
        asked = data.draw(st.dictionaries(names, values, max_size=3))
        sent = data.draw(st.none() | st.fixed_dictionaries(dict.fromkeys(sorted(fields), values)))
        assert broken_by(client, url, asked, sent) == []

    sends()


def test_no_path_breaks(targets: list[Target]) -> None:
    parts = st.sampled_from([part for url, _client, _page in targets for part in url.split("/")]) | TYPED
    client = targets[0][1]

    @loose
    @given(st.lists(parts, max_size=6).map("/".join))
    def opens(path: str) -> None:
        assert broken_by(client, "/" + quote(path.lstrip("/"), safe="/%"), {}, None) == []

    opens()


def test_no_filter_breaks_on_a_single_value(targets: list[Target]) -> None:
    """Alone, since a form that finds one fault in another field does not come so far as to use this one."""
    broken = [
        fault
        for url, client, page in targets
        for name in sorted(page.asked)
        for value in FAR
        for fault in broken_by(client, url, {name: value}, None)
    ]
    expect_none(broken, "Bound the value in the field, so that the form says what is wrong.")


def test_no_text_holds_what_postgresql_cannot_keep(targets: list[Target]) -> None:
    broken = [
        fault
        for url, client, page in targets
        for sent in [dict.fromkeys(page.fields, "a\x00b")]
        for fault in broken_by(client, url, sent, None) + broken_by(client, url, {}, sent)
    ]
    expect_none(broken, "Read what is sent through a form: its fields refuse the sign. Or take it out.")
