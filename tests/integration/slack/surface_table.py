"""Everything that people reach in Slack, and the conversation in which they reach for it."""

from collections.abc import Mapping

INCIDENT_VERBS: Mapping[str, str] = {
    "test_which_incident.py::test_whatever_is_typed_elsewhere_goes_on_with_the_incident_chosen": (
        "show severity assign lead role resolve reopen similar alerts task tasks note timeline "
        "subscribe unsubscribe export snooze postmortem"
    ),
    "test_which_incident.py::test_forms_open_for_the_incident_chosen_or_ask_for_it_themselves": (
        "update edit cancel merge link unlink private service"
    ),
    "test_commands.py::test_elsewhere_the_incident_is_asked_for_and_the_button_goes_on": "ack",
    "test_commands.py::test_every_command_answers_in_a_sentence": "list help",
    "test_first_incident.py::test_a_declared_incident_has_everything_around_it": "declare",
    "test_settings.py::test_channels_and_reaction_are_changed": "settings",
}
WINDOW_VERBS: Mapping[str, str] = {
    "test_maintenance_command.py::test_the_only_window_about_now_is_implied": (
        "start extend update complete"
    ),
    "test_maintenance_command.py::test_every_command_answers_in_a_sentence": "list show help",
    "test_maintenance_command.py::test_canceling_without_a_reason_asks_first": "cancel",
    "test_maintenance_command.py::test_one_occurrence_is_skipped_and_the_series_goes_on": "skip",
    "test_maintenance_buttons.py::test_services_and_zones_are_found_as_they_are_typed": "schedule",
    "test_maintenance_form.py::test_a_change_moves_the_window_and_keeps_what_was_left_alone": (
        "edit"
    ),
}
REMINDERS: Mapping[str, str] = {
    "test_reminders.py::test_whether_it_goes_on_is_answered_with_each_button": "lead stale",
    "test_reminders.py::test_a_promised_update_is_asked_for_by_the_time_that_was_promised": (
        "update"
    ),
    "test_tasks_reminded.py::test_tasks_are_put_off_and_done_from_what_reminds_of_them": (
        "task tasks_left"
    ),
}
ACTIONS: Mapping[str, str] = {
    "test_announcement_buttons.py"
    "::test_an_incident_is_worked_on_from_its_announcement_to_the_end": (
        "incident.acknowledge incident.assign_me incident.severity incident.update incident.resolve"
    ),
    "test_announcement_buttons.py::test_somebody_is_chosen_where_it_is_asked_who_works_on_it": (
        "incident.assign"
    ),
    "test_first_incident.py::test_a_resolved_incident_can_be_reopened_by_its_button": (
        "incident.reopen"
    ),
    "test_more_menu.py::test_another_incident_is_linked_and_merged_from_the_menu": (
        "incident.more incident.link incident.merge"
    ),
    "test_more_menu.py::test_everything_that_the_card_leaves_out_is_done_from_the_menu": (
        "incident.run"
    ),
    "test_alert_lists.py::test_the_only_alert_of_a_list_is_silenced_by_its_button": "alert.act",
    "test_alert_lists.py::test_the_home_shows_silences_and_ends_them": "silence.end",
    "test_home.py::test_an_incident_declared_from_there_is_told_there": "home.declare",
    "test_home.py::test_a_window_is_scheduled_from_there_and_the_month_looked_at_stays": (
        "home.schedule"
    ),
    "test_home.py::test_the_months_to_come_show_what_a_series_will_bring": (
        "home.later home.this_month"
    ),
    "test_home_presses.py::test_the_months_before_are_leafed_through": "home.earlier",
    "test_home_presses.py::test_all_that_goes_on_is_a_press_away": "home.all",
    "test_home_mine.py::test_details_open_where_there_is_no_channel_to_answer_in": "home.details",
    "test_home_mine.py::test_admins_change_the_settings_from_there_and_see_them_behind_the_form": (
        "home.settings"
    ),
    "test_asking_what_is_similar.py::test_the_app_home_finds_incidents_and_articles": "home.search",
    "test_asking_what_is_similar.py"
    "::test_what_was_found_stays_while_the_calendar_is_leafed_through": "home.clear",
    "test_likenesses.py::test_a_procedure_is_run_from_there_and_its_steps_are_read": "likeness.run",
    "test_likenesses.py::test_a_verdict_is_written_into_the_message": "likeness.same",
    "test_likenesses.py::test_a_verdict_can_be_taken_back": "likeness.unrelated likeness.undo",
    "test_home_presses.py::test_an_incident_and_a_maintenance_are_worked_on_from_there": (
        "maintenance.start maintenance.update maintenance.edit maintenance.complete"
    ),
    "test_maintenance_buttons.py::test_extending_until_a_picked_time": "maintenance.extend",
    "test_maintenance_buttons.py::test_canceling_asks_why_and_tells_everybody": (
        "maintenance.cancel"
    ),
    "test_maintenance_command.py::test_which_of_several_is_asked_and_the_button_goes_on": (
        "maintenance.run"
    ),
    "test_home.py::test_details_open_where_no_message_can_be_shown": "maintenance.show",
    "test_postmortems.py::test_what_is_edited_in_the_form_is_read_in_the_canvas": "postmortem.edit",
    "test_postmortems.py::test_whoever_took_part_is_asked_in_person_and_is_read_in_it": (
        "postmortem.ask postmortem.contribute"
    ),
    "test_postmortems.py::test_it_is_published_once_and_says_so": "postmortem.publish",
    "test_postmortem_editing.py"
    "::test_timeline_and_tasks_are_drafted_anew_and_what_people_wrote_stays": "postmortem.anew",
    "test_reminders.py::test_a_reminder_is_put_off_with_its_button": "reminder.put_off",
    "test_presses_of_lists.py::test_an_own_field_is_asked_for_later_required_and_left_out": (
        "settings.field.do settings.go"
    ),
    "test_settings.py::test_a_role_is_added_changed_and_removed": "settings.role.remove",
    "test_settings.py::test_people_are_invited_for_a_service": "settings.service.choose",
    "test_following.py::test_what_somebody_follows_is_listed_with_a_way_out": "subscription.end",
    "test_tasks.py::test_a_button_below_the_list_adds_another": "tasks.add",
    "test_tasks.py::test_a_task_is_given_to_somebody_else_in_a_form": "tasks.change",
    "test_tasks.py::test_the_button_of_a_task_ticks_it_off_for_everybody": "tasks.done",
    "test_timeline_command.py::test_what_is_left_out_can_be_put_back": (
        "timeline.edit timeline.hidden timeline.restore"
    ),
}
VIEWS: Mapping[str, str] = {
    "test_working_forms.py::test_canceling_asks_why_and_says_so_in_the_channel": "cancel",
    "test_first_incident.py::test_an_incident_is_declared_in_the_form": "declare",
    "test_asking_what_is_similar.py::test_it_is_declared_anyway_with_what_was_filled_in": (
        "declare.anyway"
    ),
    "test_working_forms.py::test_details_are_changed_in_the_form": "edit",
    "test_postmortems.py::test_the_form_asks_as_what_an_incident_is_exported": "export",
    "test_maintenance_buttons.py::test_canceling_asks_why_and_tells_everybody": (
        "maintenance.cancel"
    ),
    "test_home_presses.py::test_an_incident_and_a_maintenance_are_worked_on_from_there": (
        "maintenance.edit maintenance.progress"
    ),
    "test_maintenance_buttons.py::test_extending_until_a_picked_time": "maintenance.extend",
    "test_maintenance_form.py::test_a_bare_command_opens_the_form_and_sending_it_schedules": (
        "maintenance.schedule"
    ),
    "test_together_private.py::test_the_form_makes_it_private_and_its_work_goes_on_elsewhere": (
        "members"
    ),
    "test_postmortems.py::test_whoever_took_part_is_asked_in_person_and_is_read_in_it": (
        "postmortem.contributed"
    ),
    "test_postmortems.py::test_what_is_edited_in_the_form_is_read_in_the_canvas": (
        "postmortem.edited"
    ),
    "test_announcement_buttons.py"
    "::test_an_incident_is_worked_on_from_its_announcement_to_the_end": ("severity update resolve"),
    "test_roles.py::test_the_form_has_every_role_of_the_organisation_and_gives_what_was_changed": (
        "roles"
    ),
    "test_working_forms.py::test_without_a_name_the_services_are_chosen_in_a_form": "services",
    "test_settings.py::test_channels_and_reaction_are_changed": "settings.channels",
    "test_settings.py::test_the_form_to_declare_asks_for_own_fields_in_an_own_order": (
        "settings.field"
    ),
    "test_settings.py::test_reminders_and_summary_and_language_are_changed": (
        "settings.language settings.reminders settings.summary"
    ),
    "test_settings.py::test_a_role_is_added_changed_and_removed": "settings.role",
    "test_settings.py::test_people_are_invited_for_a_service": "settings.service",
    "test_settings.py::test_a_severity_gets_its_meaning_its_news_and_its_people": (
        "settings.severity"
    ),
    "test_tasks.py::test_too_few_words_open_the_form": "tasks.add_form",
    "test_tasks.py::test_a_task_is_given_to_somebody_else_in_a_form": "tasks.change_form",
    "test_many_tasks.py::test_a_task_of_a_later_page_is_picked_first_and_changed": "tasks.which",
    "test_timeline_messages.py"
    "::test_a_message_of_another_channel_is_kept_where_it_is_said_to_belong": ("timeline.keep_in"),
    "test_timeline_command.py::test_a_line_is_corrected_in_a_form_and_the_list_shows_it": (
        "timeline.line"
    ),
    "test_timeline_command.py::test_a_note_without_words_is_asked_for_in_a_form": "timeline.note",
    "test_more_menu.py::test_another_incident_is_linked_and_merged_from_the_menu": (
        "together.link together.merge"
    ),
    "test_together_merging.py::test_a_link_is_picked_made_and_taken_away_in_forms": (
        "together.unlink"
    ),
}
EVENTS: Mapping[str, str] = {
    "test_home.py::test_it_shows_incidents_windows_and_the_month_as_a_grid": "app_home_opened",
    "test_mentions.py::test_a_mention_in_a_channel_acts_like_the_command_for_whoever_wrote_it": (
        "app_mention"
    ),
    "test_mentions.py::test_in_person_a_greeting_is_answered_with_help": "message",
    "test_installing.py"
    "::test_an_app_that_is_removed_is_forgotten": "app_uninstalled tokens_revoked",
    "test_rooms_followed.py::test_a_channel_that_is_brought_back_shows_what_it_missed": (
        "channel_archive channel_unarchive"
    ),
    "test_rooms_followed.py::test_a_converted_channel_goes_on_and_is_told_of": (
        "channel_convert_to_private channel_convert_to_public"
    ),
    "test_rooms_followed.py::test_a_deleted_channel_is_missed_by_nobody": "channel_deleted",
    "test_rooms_followed.py::test_a_channel_under_another_id_is_the_same_channel": (
        "channel_id_changed"
    ),
    "test_rooms_followed.py::test_a_renamed_channel_keeps_its_incident": "channel_rename",
    "test_rooms_followed.py::test_a_channel_that_others_read_along_says_so": (
        "channel_shared channel_unshared"
    ),
    "test_rooms_followed.py::test_without_tocsin_in_it_the_channel_is_left_alone": (
        "channel_left member_left_channel"
    ),
    "test_rooms_followed.py::test_tocsin_let_in_again_goes_on_in_the_channel": (
        "member_joined_channel"
    ),
    "test_private_rooms_followed.py::test_a_private_channel_is_followed_to_the_end": (
        "group_rename group_archive group_unarchive group_left"
    ),
    "test_private_rooms_followed.py::test_a_deleted_private_channel_is_gone": "group_deleted",
    "test_links.py::test_a_link_to_an_incident_shows_how_it_stands": "link_shared",
    "test_timeline_messages.py"
    "::test_a_pinned_message_is_kept_with_its_author_its_time_and_its_link": "pin_added",
    "test_timeline_messages.py::test_what_is_unpinned_is_no_longer_kept": "pin_removed",
    "test_timeline_messages.py::test_a_reaction_keeps_a_message_once_until_the_last_one_goes": (
        "reaction_added reaction_removed"
    ),
}
OPTIONS: Mapping[str, str] = {
    "test_declare_form.py::test_of_many_options_those_are_offered_that_fit_what_is_typed": "field.",
    "test_maintenance_buttons.py::test_services_and_zones_are_found_as_they_are_typed": (
        "service_ids timezone"
    ),
    "test_settings.py::test_people_are_invited_for_a_service": "settings.service.choose",
    "test_settings.py::test_reminders_and_summary_and_language_are_changed": "settings.timezone",
}
COMMANDS: Mapping[str, str] = {
    "test_commands.py::test_every_command_answers_in_a_sentence": "/incident",
    "test_maintenance_command.py::test_every_command_answers_in_a_sentence": "/maintenance",
}
SHORTCUTS: Mapping[str, str] = {
    "test_shortcuts.py::test_the_global_shortcut_opens_the_form_and_answers_in_person": (
        "incident.declare"
    ),
}
ON_MESSAGES: Mapping[str, str] = {
    "test_shortcuts.py::test_a_message_becomes_title_and_description_of_an_incident": (
        "incident.declare_from"
    ),
    "test_timeline_messages.py::test_a_message_is_kept_from_its_menu": "timeline.keep",
}
TABLE: Mapping[str, Mapping[str, str]] = {
    "/incident": INCIDENT_VERBS,
    "/maintenance": WINDOW_VERBS,
    "reminder": REMINDERS,
    "action": ACTIONS,
    "view": VIEWS,
    "event": EVENTS,
    "options": OPTIONS,
    "command": COMMANDS,
    "global_shortcut": SHORTCUTS,
    "message_shortcut": ON_MESSAGES,
}
"""By kind: the conversation, and what is reached for in it."""
