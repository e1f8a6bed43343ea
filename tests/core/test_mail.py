"""The address of the mail server becomes Django's settings."""

import pytest

from lotsen.core.mail import from_url


def test_mail_goes_to_the_log_where_no_server_is_named() -> None:
    assert from_url("") == {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}


@pytest.mark.parametrize(
    ("url", "port", "ssl", "tls"),
    [
        ("smtp://mail.example", 587, False, True),
        ("smtps://mail.example", 465, True, False),
        ("smtp-plain://mail.example:2525", 2525, False, False),
    ],
)
def test_mail_is_sealed_unless_it_is_said_otherwise(url: str, port: int, ssl: bool, tls: bool) -> None:
    found = from_url(url)
    assert [found["EMAIL_PORT"], found["EMAIL_USE_SSL"], found["EMAIL_USE_TLS"]] == [port, ssl, tls]


def test_mail_password_may_hold_any_sign() -> None:
    found = from_url("smtp://lotsen%40kommun.example:a%2Fb%3A@mail.example")
    assert [found["EMAIL_HOST_USER"], found["EMAIL_HOST_PASSWORD"]] == ["lotsen@kommun.example", "a/b:"]


@pytest.mark.parametrize("url", ["http://mail.example", "smtp://", "mail.example"])
def test_mail_refuses_an_address_that_it_cannot_read(url: str) -> None:
    with pytest.raises(ValueError, match="LOTSEN_EMAIL_URL"):
        from_url(url)
