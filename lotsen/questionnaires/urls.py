"""Addresses of questionnaires, answers and waves."""

from django.urls import path

from . import views

urlpatterns = [
    path("join/<slug:token>/", views.answer_join, name="answer_join"),
    path("answer/<slug:token>/", views.answer_start, name="answer_start"),
    path("answer/<slug:token>/check/", views.answer_check, name="answer_check"),
    path("answer/<slug:token>/<int:number>/", views.answer_section, name="answer_section"),
    path("cases/<uuid:pk>/answers/", views.response_list, name="response_list"),
    path("cases/<uuid:pk>/answers/new/", views.response_begin, name="response_begin"),
    path("responses/<uuid:pk>/", views.response_detail, name="response_detail"),
    path("responses/<uuid:pk>/check/", views.response_check, name="response_check"),
    path("responses/<uuid:pk>/<int:number>/", views.response_section, name="response_section"),
    path("questionnaires/", views.questionnaire_list, name="questionnaire_list"),
    path("questionnaires/<uuid:pk>/", views.questionnaire_detail, name="questionnaire_detail"),
    path("questionnaires/<uuid:pk>/edit/", views.questionnaire_edit, name="questionnaire_edit"),
    path("questionnaires/<uuid:pk>/edit/new/", views.section_new, name="section_new"),
    path("questionnaires/<uuid:pk>/edit/<int:section>/<int:number>/", views.question_edit, name="question_edit"),
    path(
        "questionnaires/<uuid:pk>/edit/<int:section>/<int:number>/arrange/",
        views.question_arrange,
        name="question_arrange",
    ),
    path("questionnaires/<uuid:pk>/publish/", views.questionnaire_publish, name="questionnaire_publish"),
    path("questionnaires/<uuid:pk>/undo/", views.questionnaire_undo, name="questionnaire_undo"),
    path("projects/<uuid:pk>/boards/", views.board_list, name="board_list"),
    path("boards/<uuid:pk>/", views.board_detail, name="board_detail"),
    path("notes/<uuid:pk>/vote/", views.note_vote, name="note_vote"),
    path("notes/<uuid:pk>/remove/", views.note_remove, name="note_remove"),
    path("measures/<uuid:pk>/finish/", views.measure_finish, name="measure_finish"),
    path("projects/<uuid:pk>/needs/", views.needs_overview, name="needs_overview"),
    path("projects/<uuid:pk>/surveys/", views.wave_list, name="wave_list"),
    path("projects/<uuid:pk>/surveys/new/", views.wave_new, name="wave_new"),
    path("surveys/<uuid:pk>/", views.wave_detail, name="wave_detail"),
    path("surveys/<uuid:pk>/ask/", views.wave_ask, name="wave_ask"),
    path("surveys/<uuid:pk>/letters/", views.wave_letters, name="wave_letters"),
    path("surveys/<uuid:pk>/send/", views.wave_send, name="wave_send"),
    path("surveys/<uuid:pk>/remind/", views.wave_remind, name="wave_remind"),
    path("surveys/<uuid:pk>/files/<slug:format>/", views.wave_file, name="wave_file"),
    path("surveys/<uuid:pk>/link/", views.wave_open_link, name="wave_open_link"),
    path("surveys/<uuid:pk>/close/", views.wave_close, name="wave_close"),
]
