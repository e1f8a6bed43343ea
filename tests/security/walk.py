"""Every address opened as every kind of user, in a world where every text is an attack."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from django.db import connection, models
from django.test import Client

from lotsen.access.models import User
from lotsen.core.privacy import own_models
from tests.addresses import addresses

#: Breaks out of text, of an attribute in either kind of quotes, and of a template; what comes through is found by `zx`.
POLYGLOT = """'"><zx-evil zx=1 onzx=1>{{7*191}}"""
#: What others break out by.
PAYLOADS = (
    *("<script>zx()</script>", "</script><script>zx()", "<img src=x onerror=zx()>", "<svg/onload=zx()>"),
    *("' onmouseover='zx()", '" onfocus="zx()" autofocus="', "` onclick=`zx()", "x onmouseover=zx()"),
    *("</title><zx-title>", "</textarea><zx-area>", "</option></select><zx-option>", "--><zx-comment>"),
    *("<iframe srcdoc='<zx-frame>'>", "<math><zx-math>", "<template><zx-template>", "<noscript><zx-no>"),
    *("javascript:zx()", "data:text/html,<zx-data>", "<a href=javascript:zx()>", "<form action=//zx>"),
    *("<base href=//zx>", "<link rel=stylesheet href=//zx>", "<meta http-equiv=refresh content=0;//zx>"),
    *("<style>*{background:url(//zx)}", "<object data=//zx>", "<embed src=//zx>", "&lt;zx-entity&gt;"),
    *("\\u003czx-escape\\u003e", "%3Czx-percent%3E", "{% zx %}"),
)
#: Texts that nobody types, or that are part of an address.
NOT_TYPED = {
    "password",
    "token_hash",
    "link",
    "secrecy_domain",
    "code",
    "key",
    "language",
    "page",
    "wording",
    "indicator",
    "occupation",
    "subsidy",
}
#: Written while reading, and meant to be: the log of what was read, sessions, and what the sign-in remembers.
WRITTEN_BY_READING = (
    *("people_reading", "django_session", "core_cacheentry", "usersessions_usersession"),
    # Which list somebody was shown, and who stood in it.
    *("matching_shownlist", "matching_exposure"),
)


@dataclass(frozen=True)
class Answer:
    """What an address answered to a kind of user, and which tables it wrote to."""

    who: str
    name: str
    url: str
    status: int
    headers: dict[str, str]
    body: str
    written: tuple[str, ...]

    @property
    def is_page(self) -> bool:
        """Whether a browser shows it."""
        return self.headers.get("Content-Type", "").startswith("text/html")


def typed_fields() -> Iterator[tuple[type[models.Model], models.Field]]:
    """Yield each text that somebody may write, of all our models."""
    for model in own_models():
        for field in model._meta.concrete_fields:
            is_text = isinstance(field, models.CharField | models.TextField) and not field.choices
            is_code = field.name in NOT_TYPED or isinstance(field, models.EmailField | models.SlugField)
            in_languages = isinstance(field, models.JSONField) and field.name in {"names", "summary", "fund"}
            if in_languages or (is_text and not is_code):
                yield model, field


def plant(attack: str, more: Sequence[str]) -> int:
    """Let every text of the rows that this test has made begin with an attack. Returns how many texts there are.

    Behind it stands the end of the row's key, so that what must be unique is, and one of more attacks.
    """
    planted = 0
    for model, field in typed_fields():
        table, column, key = model._meta.db_table, field.column, model._meta.pk.column
        if table == "people_reading" or field.primary_key or model._meta.db_table == "access_municipality":
            continue
        # Rows of this transaction alone: the demo lies in the same tables. Unique by the end of the key.
        mine = "xmin::text::bigint >= (txid_current() & 4294967295)"
        text = f"left(%s || right({key}::text, 4) || (%s::text[])[1 + mod(ascii(right({key}::text, 1)), %s)], %s)"
        if isinstance(field, models.JSONField):
            text = f"jsonb_build_object('sv', {text}, 'en', %s::text)"
        english = [attack] if isinstance(field, models.JSONField) else []
        values = [attack, list(more), len(more), field.max_length or 300, *english]
        with connection.cursor() as cursor:
            cursor.execute(f"update {table} set {column} = {text} where {mine} and {column}::text <> ''", values)
            planted += cursor.rowcount
    return planted


def rows_written() -> dict[str, int]:
    """Return how many rows each table has had written in this transaction, also where it was undone."""
    with connection.cursor() as cursor:
        cursor.execute("select relname, n_tup_ins + n_tup_upd + n_tup_del from pg_stat_xact_user_tables")
        return dict(cursor.fetchall())


def opened(client: Client, who: str, name: str, url: str) -> Answer:
    """Open an address."""
    before = rows_written()
    response = client.get(url)
    content = b"".join(response) if response.streaming else response.content
    written = {table for table, count in rows_written().items() if count != before.get(table, 0)}
    return Answer(
        *(who, name, url, response.status_code, dict(response.headers)),
        content.decode(errors="replace"),
        tuple(sorted(table for table in written if not table.startswith(WRITTEN_BY_READING))),
    )


def walk(people: dict[str, User | None], address_of: Callable[[str], str]) -> list[Answer]:
    """Open every address as every kind of user."""
    urls = {address.name: address_of(address.name) for address in addresses()}
    plant(POLYGLOT, PAYLOADS)
    answers = []
    for who, user in people.items():
        client = Client(raise_request_exception=False)
        if user:
            client.force_login(user)
        answers += [opened(client, who, name, url) for name, url in urls.items() if name != "account_logout"]
    return answers
