"""Who gets which page of participant files and of money."""

from tests.access.statuses import (
    BUTTON_OF_UNITS,
    DONE_TO_OWN_PERSON,
    NOT_SAID_OF_OWN,
    OF_MANAGER,
    OF_PROGRAMME,
    OF_REPORT,
    OF_UNIT_IN_PROGRAMME,
    POST_ONLY,
    WRITING,
    WRITTEN,
)

#: The state of files is the programme manager's to see; the evaluator has no part in them.
OF_FILES = (302, 403, 403, 403, 200, 404, 403, 403, 403)
#: Money is kept by the programme manager; what was sent says nothing yet.
NOT_SAID_OF_MONEY = (302, 403, 403, 403, 422, 404, 403, 403, 403)
#: Meetings of groups are kept by everybody who works in the programme or manages it.
OF_GROUPS = (302, 200, 200, 404, 200, 404, 403, 403, 403)
NOT_SAID_OF_GROUPS = (302, 422, 422, 404, 422, 404, 403, 403, 403)
DONE_IN_GROUPS = (302, 302, 302, 404, 302, 404, 403, 403, 403)
MONEY: dict[tuple[str, str], tuple[int, ...]] = {
    ("group_list", "GET"): OF_GROUPS,
    ("group_list", "POST"): NOT_SAID_OF_GROUPS,
    ("group_meeting", "GET"): OF_GROUPS,
    # Nothing need be said of a meeting.
    ("group_meeting", "POST"): DONE_IN_GROUPS,
    ("task_give", "GET"): (302, *(405,) * 5, 403, 403, 403),
    ("task_give", "POST"): NOT_SAID_OF_GROUPS,
    ("task_finish", "GET"): (302, *(405,) * 5, 403, 403, 403),
    ("task_finish", "POST"): DONE_IN_GROUPS,
    ("common_list", "GET"): OF_PROGRAMME,
    # The programme of the table is of no fund that has them.
    ("common_members", "GET"): (302, *(404,) * 6, 403, 403),
    ("payment_pack", "GET"): WRITING,
    ("hours_sign_many", "GET"): OF_UNIT_IN_PROGRAMME,
    ("hours_sign_many", "POST"): (302, 422, 422, 404, *(403,) * 5),
    ("hours_portal", "GET"): BUTTON_OF_UNITS,
    ("hours_portal", "POST"): NOT_SAID_OF_OWN,
    ("file_list", "GET"): OF_FILES,
    ("file_make", "GET"): OF_MANAGER,
    ("file_make", "POST"): OF_MANAGER,
    ("file_correct", "GET"): OF_MANAGER,
    ("file_correct", "POST"): OF_MANAGER,
    ("file_detail", "GET"): OF_FILES,
    ("file_progress", "GET"): OF_FILES,
    ("file_rows", "GET"): OF_MANAGER,
    ("file_download", "GET"): OF_MANAGER,
    ("file_send", "GET"): OF_MANAGER,
    ("file_send", "POST"): OF_MANAGER,
    ("file_receipt", "GET"): OF_MANAGER,
    ("file_receipt", "POST"): OF_MANAGER,
    ("money_overview", "GET"): OF_REPORT,
    ("money_decide", "GET"): POST_ONLY,
    ("money_decide", "POST"): NOT_SAID_OF_MONEY,
    ("money_plan", "GET"): POST_ONLY,
    ("money_plan", "POST"): NOT_SAID_OF_MONEY,
    ("money_spend", "GET"): POST_ONLY,
    ("money_spend", "POST"): NOT_SAID_OF_MONEY,
    ("money_contribute", "GET"): POST_ONLY,
    ("money_contribute", "POST"): NOT_SAID_OF_MONEY,
    ("ledger_detail", "GET"): OF_REPORT,
    ("ledger_rows", "GET"): OF_REPORT,
    ("rate_list", "GET"): OF_REPORT,
    # Who may look and not load is shown the tables again.
    ("rate_list", "POST"): (302, 403, 403, 403, 422, 404, 302, 403, 403),
    ("three_r", "GET"): OF_REPORT,
    # Both words may be left out.
    ("three_r", "POST"): (302, 403, 403, 403, 302, 404, 302, 403, 403),
    ("payment_new", "GET"): POST_ONLY,
    ("payment_new", "POST"): NOT_SAID_OF_MONEY,
    ("payment_detail", "GET"): OF_REPORT,
    ("payment_apply", "GET"): POST_ONLY,
    ("payment_apply", "POST"): NOT_SAID_OF_MONEY,
    ("payment_paid", "GET"): POST_ONLY,
    ("payment_paid", "POST"): NOT_SAID_OF_MONEY,
    ("payment_draw", "GET"): POST_ONLY,
    ("payment_draw", "POST"): WRITTEN,
    ("sample_check", "GET"): WRITING,
    ("sample_check", "POST"): NOT_SAID_OF_MONEY,
    ("staff_hours", "GET"): OF_UNIT_IN_PROGRAMME,
    ("staff_hours", "POST"): (302, 422, 422, 404, *(403,) * 5),
    ("staff_hours_drop", "GET"): BUTTON_OF_UNITS,
    ("staff_hours_drop", "POST"): DONE_TO_OWN_PERSON,
}
#: What the unit manager gets: sends the files, and sees what the hours are worth.
MONEY_MANAGING: dict[tuple[str, str], int] = {
    **{(name, "GET"): 200 for name in ("file_list", "file_detail", "file_progress", "file_rows", "file_download")},
    **{(name, "GET"): 405 for name in ("file_make", "file_correct", "file_send", "file_receipt")},
    # The page of the months says what was wrong.
    ("file_make", "POST"): 302,
    ("file_correct", "POST"): 422,
    ("file_send", "POST"): 302,
    ("file_receipt", "POST"): 422,
    **{
        (name, "GET"): 200 for name in ("money_overview", "ledger_detail", "ledger_rows", "rate_list", "payment_detail")
    },
    ("rate_list", "POST"): 302,
    ("three_r", "GET"): 200,
    ("three_r", "POST"): 302,
    # The coach's own.
    ("staff_hours_drop", "POST"): 404,
}
