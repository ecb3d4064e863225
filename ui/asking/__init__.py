"""Every question and every deed the screens have for the desk, in one place.

Each is called on a lane, never on the UI thread. The use cases are imported when the first one is
needed, so that the window stands before the database is loaded; `desk()` waits until it is open.
A name is passed on by naming it again (`days as days`).
"""

# ruff: noqa: I001  - one list a room reads better than one line a name

from ui.asking.calendar import (
    EVERY_DEPARTURE as EVERY_DEPARTURE,
    closed_days as closed_days,
    days as days,
    departure as departure,
    departures as departures,
    do_with_departure as do_with_departure,
    export_manifest as export_manifest,
    guides as guides,
    unmatched as unmatched,
)
from ui.asking.counter import (
    cameras as cameras,
    counter_settings as counter_settings,
    proof as proof,
    set_up_counter as set_up_counter,
    setup_sheet as setup_sheet,
)
from ui.asking.database import (
    database_page as database_page,
    end_access as end_access,
    make_code as make_code,
    move_to as move_to,
    new_progress as new_progress,
    try_server as try_server,
)
from ui.asking.deciding import (
    add_note as add_note,
    cancel as cancel,
    cancel_drafts as cancel_drafts,
    cancel_reasons as cancel_reasons,
    claim as claim,
    confirm as confirm,
    do as do,
    hold as hold,
    keep_cancel_reasons as keep_cancel_reasons,
    keep_ours as keep_ours,
    pay as pay,
    preview_theirs as preview_theirs,
    release as release,
    take_over as take_over,
    take_theirs as take_theirs,
    tick_off as tick_off,
    voucher as voucher,
)
from ui.asking.door import (
    DeskDoor as DeskDoor,
)
from ui.asking.gate import (
    at_the_gate as at_the_gate,
    count_turned_away as count_turned_away,
    get_ready_for_scans as get_ready_for_scans,
    here_at_gate as here_at_gate,
    last_scans as last_scans,
    leave_for_gate as leave_for_gate,
    let_in_only as let_in_only,
    let_in_together as let_in_together,
    move_today as move_today,
    preview_move as preview_move,
    scan as scan,
    scan_picture as scan_picture,
    send_again as send_again,
    turned_away as turned_away,
    undo_last as undo_last,
    undo_scan as undo_scan,
)
from ui.asking.incidents import (
    decide_incident as decide_incident,
    incidents as incidents,
)
from ui.asking.letters import (
    keep_letter_address as keep_letter_address,
    keep_letter_ways as keep_letter_ways,
    keep_letter_words as keep_letter_words,
    letter_address as letter_address,
    letter_templates as letter_templates,
    letter_ways as letter_ways,
    letter_words as letter_words,
    letters_offered as letters_offered,
    reset_letter_words as reset_letter_words,
    see_letter as see_letter,
    send_letter as send_letter,
    try_letter_words as try_letter_words,
)
from ui.asking.lists import (
    arrange_views as arrange_views,
    cancel_all as cancel_all,
    change_view as change_view,
    claim_all as claim_all,
    confirm_all as confirm_all,
    count as count,
    count_since as count_since,
    delete_view as delete_view,
    everything as everything,
    hidden as hidden,
    move_view as move_view,
    page as page,
    preview_cancel_all as preview_cancel_all,
    preview_confirm_all as preview_confirm_all,
    rename_view as rename_view,
    rows as rows,
    save_view as save_view,
    tick_off_all as tick_off_all,
    unconfirm_all as unconfirm_all,
    views as views,
)
from ui.asking.looking import (
    around as around,
    channels as channels,
    details as details,
    figures as figures,
    find as find,
    here as here,
    nearest as nearest,
    note_search as note_search,
    preview_cancel as preview_cancel,
    preview_confirm as preview_confirm,
    products as products,
    search as search,
    today as today,
    todays_departures as todays_departures,
    week as week,
)
from ui.asking.mailbox import (
    attach_mail as attach_mail,
    keep_mailbox as keep_mailbox,
    leave_mail as leave_mail,
    mailbox_page as mailbox_page,
    open_mail as open_mail,
    take_mail as take_mail,
    try_mailbox as try_mailbox,
    waiting_mails as waiting_mails,
)
from ui.asking.meanwhile import (
    done_by_others as done_by_others,
)
from ui.asking.notices import (
    fetch_approved as fetch_approved,
    keep_notice_route as keep_notice_route,
    keep_notices as keep_notices,
    keep_own_webhook as keep_own_webhook,
    keep_steps as keep_steps,
    last_notices as last_notices,
    notice_route as notice_route,
    notices as notices,
    try_route as try_route,
)
from ui.asking.office import (
    calendar_regions as calendar_regions,
    calendars as calendars,
    close_day as close_day,
    fill_practice as fill_practice,
    keep_operator as keep_operator,
    observe as observe,
    office_year as office_year,
    operator as operator,
    reopen_day as reopen_day,
    take_file as take_file,
    take_products as take_products,
    work_on as work_on,
    write_back as write_back,
)
from ui.asking.outbox import (
    decide_letter as decide_letter,
    keep_mail as keep_mail,
    mail_page as mail_page,
    outbox as outbox,
    read_letter as read_letter,
    try_mail as try_mail,
)
from ui.asking.paper import (
    claim_print as claim_print,
    day_vouchers as day_vouchers,
    draw as draw,
    keep_job as keep_job,
    keep_voucher_look as keep_voucher_look,
    left_open as left_open,
    manifest_draft as manifest_draft,
    note_looking as note_looking,
    read_draft as read_draft,
    read_logo as read_logo,
    receipt_draft as receipt_draft,
    sample_voucher as sample_voucher,
    settle_fates as settle_fates,
    settle_print as settle_print,
    trial_draft as trial_draft,
    voucher_draft as voucher_draft,
    voucher_look as voucher_look,
)
from ui.asking.privacy import (
    acknowledge_break as acknowledge_break,
    count_retained as count_retained,
    export_journal as export_journal,
    forget as forget,
    hand_out as hand_out,
    journal_counters as journal_counters,
    journal_state as journal_state,
    keep_retention as keep_retention,
    preview_forgetting as preview_forgetting,
    retention as retention,
    travelers_found as travelers_found,
    who_opened as who_opened,
)
from ui.asking.recovery import (
    back_up as back_up,
    back_up_by_clock as back_up_by_clock,
    backups as backups,
    is_backup_due as is_backup_due,
    keep_passphrase as keep_passphrase,
    plan_backups as plan_backups,
    rehearse_restore as rehearse_restore,
    verify_end as verify_end,
)
from ui.asking.refunds import (
    refund as refund,
    refund_done as refund_done,
    refund_due_again as refund_due_again,
    refund_failed as refund_failed,
    refunds as refunds,
)
from ui.asking.rehearsal import (
    keep_rehearsal as keep_rehearsal,
    last_rehearsal as last_rehearsal,
    try_house as try_house,
)
from ui.asking.reviews import (
    decide_review as decide_review,
    export_reviews as export_reviews,
    read_review_photos as read_review_photos,
    record_review as record_review,
    reply_to_review as reply_to_review,
    review_of as review_of,
    review_pictures as review_pictures,
    review_tallies as review_tallies,
    reviews as reviews,
    reward_off as reward_off,
)
from ui.asking.sale import (
    close_shift as close_shift,
    currencies as currencies,
    drawer as drawer,
    move_cash as move_cash,
    open_shift as open_shift,
    sell as sell,
    take_currencies as take_currencies,
    till as till,
)
from ui.asking.sheets import (
    day_end as day_end,
    day_end_draft as day_end_draft,
    report_draft as report_draft,
    sheet_pdf as sheet_pdf,
)
from ui.asking.staff import (
    change_person as change_person,
    choose_password as choose_password,
    choose_pin as choose_pin,
    drop_group as drop_group,
    give_first_password as give_first_password,
    invite as invite,
    keep_group as keep_group,
    leave as leave,
    let_try_again as let_try_again,
    look_again as look_again,
    my_role as my_role,
    sign_in as sign_in,
    staff_page as staff_page,
    who_may_change as who_may_change,
)
from ui.asking.talk import (
    answer as answer,
    complain as complain,
    drop_reply as drop_reply,
    fill_reply as fill_reply,
    keep_enclosure as keep_enclosure,
    keep_reply as keep_reply,
    need_no_answer as need_no_answer,
    open_enclosure as open_enclosure,
    open_room as open_room,
    read_enclosure as read_enclosure,
    replies as replies,
    talks as talks,
    whole_message as whole_message,
)
from ui.asking.tray import (
    tray_news as tray_news,
)
from ui.asking.trips import (
    close_trip as close_trip,
    trip as trip,
    trips as trips,
    undo_closing as undo_closing,
)
