"""Who gets which page: every address x every kind of user, as one table. tests/access/test_matrix.py asks it.

302: sign in first. 403: a colleague without the right. 404: not yours, as if it were not. The permission is asked
first, so a role without it gets 403 whatever the object.
"""

#: The kinds of user, in the order of the columns below. The programme is led by Piteå; Arvidsjaur takes part in it;
#: Älvsbyn has a programme of its own. The case and its person are Piteå's.
COLUMNS = (
    *("nobody", "coach", "coach_arvidsjaur", "coach_alvsbyn", "manager", "manager_alvsbyn"),
    *("evaluator", "auditor", "administrator"),
)
#: Piteå's unit manager gets what the coach gets, and what MANAGING says. A coach of a fourth municipality, to whom a
#: consent opens the person, gets what Älvsbyn's coach gets, and what TOLD says.
WHO = (*COLUMNS, "unit_manager", "told")

EVERYBODY = (200,) * 9
NOT_BY_GET = (405,) * 9
SIGNED_IN = (302, *(200,) * 8)
OF_CASEWORK = (302, *(200,) * 6, 403, 403)
OF_PROGRAMME = (302, 200, 200, 404, 200, 404, 200, 403, 403)
OF_CASE = (302, 200, 404, 404, 200, 404, 200, 403, 403)
OF_PERSON = (302, 200, 404, 404, 404, 404, 404, 403, 403)
KEPT_BY_UNITS = (302, 200, 200, 200, *(403,) * 5)
OF_OWN_PERSON = (302, 200, 404, 404, *(403,) * 5)
DONE_TO_OWN_PERSON = (302, 302, 404, 404, *(403,) * 5)
BUTTON_OF_UNITS = (302, 405, 405, 405, *(403,) * 5)
AUDITED = (302, *(403,) * 6, 200, 403)
ADMINISTERING = (302, *(403,) * 7, 200)
ADMINISTERED = (302, *(403,) * 7, 302)
ADMINISTERING_POST_ONLY = (302, *(403,) * 7, 405)
OF_MANAGER = (302, *(403,) * 8)
OF_ERASURES = (302, *(403,) * 6, 200, 403)
OF_REPORT = (302, 403, 403, 403, 200, 404, 200, 403, 403)
NO_SUCH_FILE = (302, 403, 403, 403, 404, 404, 404, 403, 403)
RUNNING = (302, 403, 403, 403, 200, 200, 403, 403, 403)
OF_OWN_DRAFT = (302, 200, 404, 404, *(403,) * 5)
WRITING = (302, 403, 403, 403, 200, 404, 403, 403, 403)
WRITTEN = (302, 403, 403, 403, 302, 404, 403, 403, 403)
POST_ONLY = (302, 403, 403, 403, 405, 405, 403, 403, 403)

EXPECTED: dict[tuple[str, str], tuple[int, ...]] = {
    ("alive", "GET"): EVERYBODY,
    ("language", "GET"): NOT_BY_GET,
    ("language", "POST"): (302,) * 9,
    ("account_login", "GET"): (200, *(302,) * 8),
    ("account_logout", "GET"): SIGNED_IN,
    # Not there without an identity provider; with one, tests/access/test_oidc.py and test_saml.py go through them.
    ("provider_login", "GET"): (404,) * 9,
    ("oidc_callback", "GET"): (404,) * 9,
    ("saml_acs", "POST"): (404,) * 9,
    ("saml_finish", "GET"): (404,) * 9,
    ("saml_metadata", "GET"): (404,) * 9,
    ("account_reauthenticate", "GET"): SIGNED_IN,
    ("password_change", "GET"): SIGNED_IN,
    # Only between the two steps of signing in.
    ("mfa_authenticate", "GET"): (302,) * 9,
    ("mfa_reauthenticate", "GET"): (302,) * 9,
    ("mfa_index", "GET"): SIGNED_IN,
    # Asks for the password first.
    ("mfa_activate_totp", "GET"): (302,) * 9,
    ("mfa_deactivate_totp", "GET"): (302, *(404,) * 8),
    ("mfa_reauthenticate_webauthn", "GET"): (302,) * 9,
    ("mfa_add_webauthn", "GET"): (302,) * 9,
    ("security_key_rename", "GET"): (302,) * 9,
    ("security_key_remove", "GET"): (302, *(404,) * 8),
    ("security_key_remove", "POST"): (302, *(404,) * 8),
    ("mfa_view_recovery_codes", "GET"): (302, *(404,) * 8),
    ("mfa_generate_recovery_codes", "GET"): (302,) * 9,
    ("usersessions_list", "GET"): SIGNED_IN,
    ("user_list", "GET"): ADMINISTERING,
    ("user_detail", "GET"): ADMINISTERING,
    ("role_give", "GET"): ADMINISTERING_POST_ONLY,
    ("role_give", "POST"): ADMINISTERED,
    ("role_take", "GET"): ADMINISTERING_POST_ONLY,
    ("role_take", "POST"): ADMINISTERED,
    ("user_deactivate", "GET"): ADMINISTERING_POST_ONLY,
    ("user_deactivate", "POST"): ADMINISTERED,
    ("user_reactivate", "GET"): ADMINISTERING_POST_ONLY,
    ("user_reactivate", "POST"): ADMINISTERED,
    ("second_factor_reset", "GET"): ADMINISTERING_POST_ONLY,
    ("second_factor_reset", "POST"): ADMINISTERED,
    ("invitation_list", "GET"): ADMINISTERING,
    ("invitation_list", "POST"): ADMINISTERED,
    ("invitation_resend", "GET"): ADMINISTERING_POST_ONLY,
    ("invitation_resend", "POST"): ADMINISTERED,
    ("invitation_withdraw", "GET"): ADMINISTERING_POST_ONLY,
    ("invitation_withdraw", "POST"): ADMINISTERED,
    # The address is the secret.
    ("invitation_accept", "GET"): EVERYBODY,
    ("start", "GET"): (302,) * 9,
    ("programme_list", "GET"): OF_CASEWORK,
    ("programme_overview", "GET"): OF_PROGRAMME,
    ("indicator_list", "GET"): OF_PROGRAMME,
    ("indicator_detail", "GET"): OF_PROGRAMME,
    ("indicator_members", "GET"): OF_PROGRAMME,
    ("person_detail", "GET"): OF_PERSON,
    ("person_number", "GET"): (302, 405, 405, 405, 405, 405, 405, 403, 403),
    ("person_number", "POST"): OF_PERSON,
    ("person_protection", "GET"): OF_OWN_PERSON,
    ("person_protection", "POST"): DONE_TO_OWN_PERSON,
    ("protection_end", "GET"): BUTTON_OF_UNITS,
    ("protection_end", "POST"): DONE_TO_OWN_PERSON,
    ("reader_dismiss", "GET"): BUTTON_OF_UNITS,
    ("reader_dismiss", "POST"): DONE_TO_OWN_PERSON,
    ("person_correct", "GET"): OF_OWN_PERSON,
    ("person_correct", "POST"): (302, 422, 404, 404, *(403,) * 5),
    ("person_merge", "GET"): OF_OWN_PERSON,
    ("person_merge", "POST"): (302, 422, 404, 404, *(403,) * 5),
    ("person_merge_preview", "GET"): OF_OWN_PERSON,
    # The record and itself: refused.
    ("person_merge_preview", "POST"): (302, 422, 404, 404, *(403,) * 5),
    ("merging_undo", "GET"): BUTTON_OF_UNITS,
    ("merging_undo", "POST"): DONE_TO_OWN_PERSON,
    ("consent_new", "GET"): OF_OWN_PERSON,
    ("consent_new", "POST"): (302, 422, 404, 404, 403, 403, 403, 403, 403),
    ("consent_list", "GET"): OF_CASEWORK,
    ("consent_form", "GET"): KEPT_BY_UNITS,
    ("consent_withdraw", "GET"): OF_OWN_PERSON,
    ("consent_withdraw", "POST"): DONE_TO_OWN_PERSON,
    ("meeting_list", "GET"): KEPT_BY_UNITS,
    ("meeting_list", "POST"): (302, 422, 422, 422, *(403,) * 5),
    ("meeting_detail", "GET"): OF_OWN_PERSON,
    # Somebody else has called it, so nothing is put on its agenda.
    ("meeting_detail", "POST"): (302, 403, 404, 404, *(403,) * 5),
    ("agenda_remove", "GET"): BUTTON_OF_UNITS,
    ("agenda_remove", "POST"): (302, 404, 404, 404, *(403,) * 5),
    ("anonymous_new", "GET"): (302, 200, 200, 404, *(403,) * 5),
    ("anonymous_new", "POST"): (302, 422, 422, 404, *(403,) * 5),
    ("referral_list", "GET"): (302, *(403,) * 8),
    ("emergency_list", "GET"): KEPT_BY_UNITS,
    ("emergency_list", "POST"): (302, 422, 422, 422, 403, 403, 403, 403, 403),
    ("emergency_review", "GET"): BUTTON_OF_UNITS,
    # None of these manages a unit; tests/people/test_views.py has one who does.
    ("emergency_review", "POST"): (302, 404, 404, 404, 403, 403, 403, 403, 403),
    ("reading_list", "GET"): AUDITED,
    ("review_list", "GET"): AUDITED,
    ("review_list", "POST"): (302, *(403,) * 6, 422, 403),
    ("review_detail", "GET"): AUDITED,
    ("review_detail", "POST"): (302, *(403,) * 6, 302, 403),
    ("review_sign", "GET"): (302, *(403,) * 6, 405, 403),
    ("review_sign", "POST"): (302, *(403,) * 6, 302, 403),
    ("nightly_alive", "GET"): EVERYBODY,
    ("person_extract", "GET"): OF_OWN_PERSON,
    ("person_hold", "GET"): OF_MANAGER,
    ("person_hold", "POST"): OF_MANAGER,
    ("programme_hold", "GET"): OF_MANAGER,
    ("programme_hold", "POST"): OF_MANAGER,
    ("hold_lift", "GET"): OF_MANAGER,
    ("hold_lift", "POST"): OF_MANAGER,
    ("retention_overview", "GET"): OF_MANAGER,
    ("retention_rule", "GET"): OF_MANAGER,
    ("retention_rule", "POST"): OF_MANAGER,
    ("erasure_propose", "GET"): OF_MANAGER,
    ("erasure_propose", "POST"): OF_MANAGER,
    ("erasure_list", "GET"): OF_ERASURES,
    ("erasure_detail", "GET"): OF_ERASURES,
    ("erasure_archive", "GET"): OF_MANAGER,
    ("erasure_archive", "POST"): OF_MANAGER,
    ("erasure_approve", "GET"): (302, *(403,) * 6, 405, 403),
    ("erasure_approve", "POST"): (302, *(403,) * 6, 302, 403),
    ("erasure_withdraw", "GET"): OF_MANAGER,
    ("erasure_withdraw", "POST"): OF_MANAGER,
    ("evidence_list", "GET"): OF_MANAGER,
    ("case_search", "GET"): OF_CASEWORK,
    ("case_search", "POST"): OF_CASEWORK,
    ("case_list", "GET"): OF_PROGRAMME,
    ("case_detail", "GET"): OF_CASE,
    ("report_overview", "GET"): OF_REPORT,
    ("report_text", "GET"): WRITING,
    ("report_text", "POST"): WRITTEN,
    ("report_draft", "GET"): POST_ONLY,
    ("report_draft", "POST"): WRITING,
    ("report_make", "GET"): POST_ONLY,
    ("report_make", "POST"): WRITTEN,
    ("report_detail", "GET"): OF_REPORT,
    ("report_progress", "GET"): OF_REPORT,
    ("report_file", "GET"): OF_REPORT,
    # The address is the secret; a visitor has not begun, so the pages after the first lead to it.
    ("answer_start", "GET"): EVERYBODY,
    ("answer_join", "GET"): EVERYBODY,
    ("answer_join", "POST"): (404,) * 9,
    ("answer_check", "GET"): (302,) * 9,
    ("answer_section", "GET"): (302,) * 9,
    ("answer_start", "POST"): (302,) * 9,
    ("response_list", "GET"): OF_CASE,
    ("response_begin", "GET"): BUTTON_OF_UNITS,
    ("response_begin", "POST"): (302, 302, 404, 404, *(403,) * 5),
    ("response_detail", "GET"): OF_CASE,
    ("response_section", "GET"): OF_OWN_DRAFT,
    ("response_section", "POST"): (302, 422, 404, 404, *(403,) * 5),
    ("response_check", "GET"): OF_OWN_DRAFT,
    # Not all is answered, so the page says what is missing.
    ("response_check", "POST"): DONE_TO_OWN_PERSON,
    ("questionnaire_list", "GET"): (302, 403, 403, 403, 200, 200, 200, 403, 403),
    ("questionnaire_detail", "GET"): (302, 403, 403, 403, 200, 200, 200, 403, 403),
    ("questionnaire_edit", "GET"): RUNNING,
    ("questionnaire_edit", "POST"): (302, 403, 403, 403, 422, 422, 403, 403, 403),
    ("question_edit", "GET"): RUNNING,
    ("question_edit", "POST"): (302, 403, 403, 403, 422, 422, 403, 403, 403),
    ("question_arrange", "GET"): (302, 403, 403, 403, 405, 405, 403, 403, 403),
    ("question_arrange", "POST"): (302, 403, 403, 403, 302, 302, 403, 403, 403),
    ("section_new", "GET"): RUNNING,
    ("section_new", "POST"): (302, 403, 403, 403, 422, 422, 403, 403, 403),
    ("questionnaire_publish", "GET"): (302, 403, 403, 403, 405, 405, 403, 403, 403),
    ("questionnaire_publish", "POST"): (302, 403, 403, 403, 302, 302, 403, 403, 403),
    ("questionnaire_undo", "GET"): (302, 403, 403, 403, 405, 405, 403, 403, 403),
    ("questionnaire_undo", "POST"): (302, 403, 403, 403, 302, 302, 403, 403, 403),
    ("board_list", "GET"): OF_PROGRAMME,
    ("board_list", "POST"): (302, 422, 422, 404, 422, 404, 422, 403, 403),
    ("board_detail", "GET"): OF_PROGRAMME,
    ("note_vote", "GET"): (302, *(405,) * 6, 403, 403),
    ("note_vote", "POST"): (302, 302, 302, 404, 302, 404, 302, 403, 403),
    ("note_remove", "GET"): (302, *(405,) * 6, 403, 403),
    # The coach has taken it off.
    ("note_remove", "POST"): (302, 302, 404, 404, 404, 404, 404, 403, 403),
    ("measure_finish", "GET"): (302, *(405,) * 6, 403, 403),
    ("measure_finish", "POST"): (302, 302, 302, 404, 302, 404, 302, 403, 403),
    ("wave_list", "GET"): OF_REPORT,
    ("wave_new", "GET"): WRITING,
    ("wave_new", "POST"): (302, 403, 403, 403, 422, 404, 403, 403, 403),
    ("wave_detail", "GET"): OF_REPORT,
    ("wave_file", "GET"): NO_SUCH_FILE,
    ("wave_ask", "GET"): POST_ONLY,
    ("wave_ask", "POST"): (302, 403, 403, 403, 422, 404, 403, 403, 403),
    ("wave_letters", "GET"): POST_ONLY,
    ("wave_letters", "POST"): WRITING,
    ("wave_send", "GET"): POST_ONLY,
    ("wave_send", "POST"): WRITTEN,
    ("wave_remind", "GET"): POST_ONLY,
    ("wave_remind", "POST"): WRITTEN,
    ("wave_open_link", "GET"): POST_ONLY,
    ("wave_open_link", "POST"): WRITING,
    ("wave_close", "GET"): POST_ONLY,
    ("wave_close", "POST"): WRITTEN,
}
MANAGING: dict[tuple[str, str], int] = {
    # The coach has done it just before.
    ("consent_withdraw", "POST"): 422,
    ("person_protection", "POST"): 404,
    ("person_hold", "GET"): 200,
    ("person_hold", "POST"): 422,
    ("programme_hold", "GET"): 200,
    ("programme_hold", "POST"): 422,
    ("hold_lift", "GET"): 405,
    ("hold_lift", "POST"): 302,
    ("retention_overview", "GET"): 200,
    ("retention_rule", "GET"): 200,
    ("retention_rule", "POST"): 422,
    ("erasure_list", "GET"): 200,
    ("erasure_detail", "GET"): 200,
    ("erasure_propose", "GET"): 405,
    ("erasure_propose", "POST"): 302,
    ("erasure_archive", "GET"): 405,
    ("erasure_archive", "POST"): 302,
    ("erasure_withdraw", "GET"): 405,
    ("erasure_withdraw", "POST"): 302,
    ("evidence_list", "GET"): 200,
    ("note_remove", "POST"): 404,
    ("questionnaire_list", "GET"): 200,
    ("questionnaire_detail", "GET"): 200,
    ("wave_list", "GET"): 200,
    ("wave_detail", "GET"): 200,
    # There is no PDF of a survey.
    ("wave_file", "GET"): 404,
}
TOLD: dict[tuple[str, str], int] = {
    ("case_detail", "GET"): 200,
    ("person_detail", "GET"): 200,
    # The consent names the plan, not answers.
    ("response_list", "GET"): 200,
    # Who is told may look, and records no consent for others.
    ("consent_new", "GET"): 403,
    ("consent_new", "POST"): 403,
}
SENT = {
    "language": {"language": "en", "next": "/"},
    "report_text": {"body": "Text", "version": "1"},
    "report_draft": {"body": "Text"},
    "report_make": {"as_of": "2026-10-01"},
    "case_search": {"q": "Zp"},
    "emergency_list": {"number": "0000", "reason": "Hon har ringt och mår dåligt."},
    "person_protection": {"protection": "confidentiality_mark"},
    "role_give": {"role": "matcher"},
    "invitation_list": {"email": "ny@exempel.se", "name": "Ny Personal", "role": "coach"},
}
#: Forms that name a unit are sent with one's own.
WITH_UNIT = {"role_give", "invitation_list"}


def expected(name: str, method: str) -> dict[str, int]:
    """Return the status that each kind of user gets."""
    found = dict(zip(COLUMNS, EXPECTED[name, method], strict=True))
    found["unit_manager"] = MANAGING.get((name, method), found["coach"])
    found["told"] = TOLD.get((name, method), found["coach_alvsbyn"])
    return found


def expected_of(name: str) -> dict[str, int]:
    """Return what each kind of user gets by looking, or by sending where an address is only sent to."""
    return expected(name, "GET" if (name, "GET") in EXPECTED else "POST")
