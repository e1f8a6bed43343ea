"""What a template may hold. It is laid out by `make fix` and linted by `make check`."""

import re

from tests.house.source import TEMPLATES, expect_none, name, python_files, template_files

#: The strict content security policy lets none of these run, so they would fail without a word.
INLINE = re.compile(
    r"<style\b|<script\b(?![^>]*\bsrc=)|<[^>]*\s(?:style|on[a-z]{4,}|hx-on[\w:.-]*)\s*=|javascript:", re.IGNORECASE
)
TAGS = re.compile(r"{[%#].*?[%#]}|{{.*?}}", re.DOTALL)
#: Asked for by Django or by a library, by their names.
BY_NAME = {
    *("429.html", "account/login.html", "account/logout.html", "account/reauthenticate.html"),
    *("account/password_change.html", "usersessions/usersession_list.html"),
    *("mfa/index.html", "mfa/authenticate.html", "mfa/reauthenticate.html"),
    *("mfa/totp/activate_form.html", "mfa/totp/deactivate_form.html"),
    *("mfa/recovery_codes/index.html", "mfa/recovery_codes/generate.html"),
    *("mfa/webauthn/add_form.html", "mfa/webauthn/edit_form.html", "mfa/webauthn/reauthenticate.html"),
    "mfa/webauthn/authenticator_confirm_delete.html",
}
#: Folders of a library's own pages.
OF_A_LIBRARY = {"account", "mfa", "usersessions"}


def _component(path: str) -> str:
    """Return the tag of a component: `components/a/b_c.html` -> `<c-a.b-c`."""
    return "<c-" + path.removeprefix("components/").removesuffix(".html").replace("/", ".").replace("_", "-")


def test_templates_are_all_used() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in python_files("lotsen", "config"))
    markup = "\n".join(path.read_text(encoding="utf-8") for path in template_files())
    unused = []
    for path in template_files():
        short = path.relative_to(TEMPLATES).as_posix()
        used = short in BY_NAME or f'"{short}"' in code + markup
        if short.startswith("components/"):
            used |= bool(re.search(re.escape(_component(short)) + r"[\s/>]", markup))
        if not used:
            unused.append(short)
    expect_none(unused, "No page uses these templates. Take them away.")


def test_templates_hold_no_style_and_no_script() -> None:
    wrong = [
        f"{name(path)}: {found[0][:60]}"
        for path in template_files()
        for found in INLINE.finditer(
            re.sub(r"{[%#].*?[%#]}|{{.*?}}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        )
    ]
    expect_none(wrong, "Put style and behaviour into the files under lotsen/static, by a class or a data- attribute.")


def test_templates_of_a_page_are_named_as_its_view() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in python_files("lotsen"))
    pages = [path.relative_to(TEMPLATES) for path in template_files() if len(path.relative_to(TEMPLATES).parts) == 2]
    areas = [
        page for page in pages if page.parts[0] not in {"components", *OF_A_LIBRARY} and not page.name.startswith("_")
    ]
    wrong = [page.as_posix() for page in areas if f"def {page.stem}(" not in code]
    expect_none(
        wrong,
        "A template is called as the view, or the tag, that it is of; what pages share begins with an underscore.",
    )
