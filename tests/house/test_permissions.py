"""Every page says who may open it."""

from lotsen.access.enums import Permission
from tests.addresses import addresses
from tests.house.source import expect_none

#: The pages of the sign-in library that we offer.
OF_A_LIBRARY = {
    *("account_login", "account_logout", "account_reauthenticate", "usersessions_list"),
    *("mfa_index", "mfa_authenticate", "mfa_reauthenticate", "mfa_activate_totp", "mfa_deactivate_totp"),
    *("mfa_view_recovery_codes", "mfa_generate_recovery_codes", "mfa_add_webauthn", "mfa_reauthenticate_webauthn"),
}


def test_permissions_are_named_on_every_page() -> None:
    known = {*Permission, "public", "signed_in"}
    own = [address for address in addresses() if address.is_own]
    silent = [address.name for address in own if getattr(address.view, "lotsen_permission", "") not in known]
    expect_none(silent, "Put @allow(Permission.X), @signed_in or @public on the view, outermost.")


def test_permissions_of_libraries_pages_are_these() -> None:
    assert {address.name for address in addresses() if not address.is_own} == OF_A_LIBRARY, (
        "A library's page is added one by one, with its name here; never a whole URL configuration."
    )


def test_permissions_are_each_asked_for_by_a_page() -> None:
    asked = {getattr(address.view, "lotsen_permission", "") for address in addresses()}
    expect_none(set(Permission) - asked, "Take away the permission that no page asks for.")


def test_permissions_pages_are_named_as_their_functions() -> None:
    wrong = [f"{a.name}: {a.view.__name__}" for a in addresses() if a.is_own and a.view.__name__ != a.name]
    expect_none(wrong, "The name of the address is the name of its function, of its template and of its test.")
