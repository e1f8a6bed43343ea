"""Who gets which page of employers: the register is common; people and analyses are of units that share a project."""

from tests.access.statuses import (
    BUTTON_OF_UNITS,
    DONE_TO_OWN_PERSON,
    KEPT_BY_UNITS,
    NOT_SAID_OF_OWN,
    OF_OWN_PERSON,
    OF_PROGRAMME,
)

#: The evaluator has no part in it.
OF_REGISTER = (302, *(200,) * 5, *(403,) * 3)
NOT_SAID = (302, *(422,) * 3, *(403,) * 5)
EMPLOYERS: dict[tuple[str, str], tuple[int, ...]] = {
    ("placement_list", "GET"): OF_PROGRAMME,
    ("needs_overview", "GET"): (302, 200, 200, 404, 200, 404, *(403,) * 3),
    ("placement_new", "GET"): OF_OWN_PERSON,
    # Nothing is planned without a workplace in the address.
    ("placement_new", "POST"): OF_OWN_PERSON,
    ("placement_detail", "GET"): OF_OWN_PERSON,
    ("placement_change", "GET"): OF_OWN_PERSON,
    # It is over.
    ("placement_change", "POST"): NOT_SAID_OF_OWN,
    ("placement_start", "GET"): BUTTON_OF_UNITS,
    ("placement_start", "POST"): NOT_SAID_OF_OWN,
    ("placement_pause", "GET"): BUTTON_OF_UNITS,
    ("placement_pause", "POST"): DONE_TO_OWN_PERSON,
    ("placement_complete", "GET"): BUTTON_OF_UNITS,
    ("placement_complete", "POST"): NOT_SAID_OF_OWN,
    ("placement_stop", "GET"): BUTTON_OF_UNITS,
    ("placement_stop", "POST"): NOT_SAID_OF_OWN,
    ("agreement_pdf", "GET"): OF_OWN_PERSON,
    ("agreement_sign", "GET"): BUTTON_OF_UNITS,
    ("agreement_sign", "POST"): NOT_SAID_OF_OWN,
    ("workplace_show", "GET"): BUTTON_OF_UNITS,
    ("workplace_show", "POST"): DONE_TO_OWN_PERSON,
    ("link_give", "GET"): BUTTON_OF_UNITS,
    ("link_give", "POST"): (302, 200, 404, 404, *(403,) * 5),
    ("visit_keep", "GET"): BUTTON_OF_UNITS,
    ("visit_keep", "POST"): NOT_SAID_OF_OWN,
    ("assessment_keep", "GET"): BUTTON_OF_UNITS,
    ("assessment_keep", "POST"): NOT_SAID_OF_OWN,
    ("link_open", "GET"): (200,) * 9,
    # It is answered already.
    ("link_open", "POST"): (200,) * 9,
    ("employer_list", "GET"): OF_REGISTER,
    ("employer_new", "GET"): KEPT_BY_UNITS,
    ("employer_new", "POST"): NOT_SAID,
    ("employer_detail", "GET"): OF_REGISTER,
    ("employer_change", "GET"): KEPT_BY_UNITS,
    ("employer_change", "POST"): NOT_SAID,
    ("employer_merge", "GET"): KEPT_BY_UNITS,
    # The first has done it already.
    ("employer_merge", "POST"): (302, 302, 404, 404, *(403,) * 5),
    ("contact_log", "GET"): BUTTON_OF_UNITS,
    ("contact_log", "POST"): NOT_SAID,
    ("person_add", "GET"): BUTTON_OF_UNITS,
    ("person_add", "POST"): NOT_SAID,
    ("person_change", "GET"): OF_OWN_PERSON,
    ("person_change", "POST"): NOT_SAID_OF_OWN,
    ("person_forget", "GET"): BUTTON_OF_UNITS,
    ("person_forget", "POST"): DONE_TO_OWN_PERSON,
    ("workplace_add", "GET"): BUTTON_OF_UNITS,
    ("workplace_add", "POST"): NOT_SAID,
    ("workplace_detail", "GET"): OF_REGISTER,
    ("analysis_new", "GET"): KEPT_BY_UNITS,
    ("analysis_new", "POST"): NOT_SAID,
    ("analysis_detail", "GET"): (302, 200, 200, 404, 200, 404, *(403,) * 3),
}
#: What the unit manager finds done already.
EMPLOYERS_MANAGING: dict[tuple[str, str], int] = {("employer_merge", "POST"): 404, ("person_forget", "POST"): 404}
