"""Says no in a way a person understands and a program can rely on.

`CannotDo` means the world said no (sold out, not allowed, not that kind of file). It is an
answer, not an accident: a stable code, the facts, and one sentence that says what happened
and what to do now. Anything else that is raised is a bug of ours.
"""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    # the life of a reservation
    "not-found": "Nothing here is called {reference}. Check the number, or search for the name.",
    "link-wrong": (
        "This link names no reservation. One that does ends with its number: counterfoil://reservation/CF-10012."
    ),
    "ambiguous": "{reference} fits several reservations: {numbers}. Use one of these numbers.",
    "move-not-allowed": "{number} is {status}, so it cannot be changed that way ({verb}).",
    "redeemed-is-final": "{number} is redeemed. A redeemed reservation is never cancelled or refunded.",
    "changed-meanwhile": "{number} was changed by somebody else a moment ago. Look again, then decide.",
    "reason-missing": "Say the reason first: the traveler is told it before the reservation is cancelled.",
    "hold-reason-missing": "Say what is missing, so that the next person knows what to wait for.",
    "no-seats": (
        "{departure} is short of seats by {short}. Hold it, offer another departure, or overbook with a reason."
    ),
    "departure-closed": (
        "The departure on {departure} is closed for sale. Open it again, or let a manager confirm with a reason."
    ),
    "departure-not-planned": "Nothing leaves then any more. Look at the calendar again.",
    "capacity-below-sold": (
        "{sold} seats are sold on this departure, so {capacity} are too few. Keep at least {sold}."
    ),
    "capacity-wrong": "{capacity} is no number of seats. Write a whole number from 0 to {most}.",
    "somebody-arrived": "Somebody of {number} is already in, so this cannot be done any more.",
    "no-address": "No address of {number} is known. Print the voucher instead.",
    "letter-still-waits": "The letter with the valid voucher of {number} has not left yet; it will.",
    "letter-no-address": "No address of the traveler is known, so nothing can be sent.",
    "letter-address-wrong": "{address} is no e-mail address. Write it like name@example.com.",
    "letter-address-hidden": "The traveler of {number} is hidden until it is confirmed. Give an address afterwards.",
    "letter-nothing-due": "Nothing is left to pay to us.",
    "letter-answered": "The order has been answered already.",
    "letter-nothing-paid": "Nothing has been paid to us; a channel gives receipts for what it took.",
    "letter-all-paid": "All is paid, so the receipt for the whole is the right one.",
    "letter-still-due": "Something is still to be paid, so the receipt for a deposit is the right one.",
    "letter-not-confirmed": "It is not confirmed, so there is no valid voucher to send.",
    "letter-not-cancelled": "It is not cancelled.",
    "letter-no-refund-due": "No refund is on its way.",
    "letter-no-refund-done": "No refund has been paid yet.",
    "letter-not-redeemed": "A comment is asked for after the trip, once it is redeemed.",
    "letter-money-went-back": "Money goes back, so nobody is asked for a comment.",
    "letters-kept-meanwhile": "Somebody else changed this a moment ago. What they kept is shown; change it again.",
    "words-kept-meanwhile": (
        "Somebody else changed these words a moment ago. What you wrote stays: keep it to replace theirs, or go back "
        "to see them."
    ),
    "review-address-wrong": "{address} is no web address. Write it as https://…, or leave it empty.",
    "letter-product-gone": "This product is not here any more.",
    "letter-waits-already": "This letter of {number} waits already, and leaves by itself.",
    "letter-complaint": "A complaint is open, so nobody is asked for a comment.",
    "letter-asked-already": "They were asked for a comment already; nobody is asked twice.",
    "letter-reviewed": "Their review is here already.",
    "letter-incomplete": (
        "The letter names what is not known here: {missing}. Fill it in, or let the letter leave that sentence out."
    ),
    "letter-words-wrong": "The {part} cannot be used, line {line}: {why}",
    "letter-subject-wrong": "A subject is one plain line: write it without line breaks and turned letters.",
    "letter-empty": "The letter says nothing yet.",
    "letter-long": "A subject has at most {subject} letters and a text {text}. Say it shorter.",
    "letter-without-words": "There is no letter of this kind ({kind}) to a traveler.",
    "moved-already": "{number} is on this departure already.",
    "letter-has-left": "The letter of {number} has already left, so this cannot be taken back silently.",
    "held-already": "{number} is held already, and its reason is shown.",
    "by-the-clock": "{number} lapses by itself when its time to pay is over.",
    "not-its-day": "{number} is redeemed by its check-in, and this is not its day.",
    "not-yet-departed": "{number} has not departed yet, so nobody can be a no-show.",
    "undo-window-over": "The time to undo {number} is over. A manager can still do it with a reason.",
    "nothing-to-undo": "There is no scan of {number} left to undo.",
    "nothing-to-close": "Nobody is left on this trip to close it for. Look again at the list.",
    "closing-undone": "This close of a trip was taken back already.",
    "closing-window-over": "It was closed more than a day ago. A manager can still take it back with a reason.",
    "closing-letters-left": (
        "Comment letters of this close have left and cannot be called back: {count}. "
        "A manager can still take the rest back with a reason."
    ),
    "nothing-to-do": "Nothing of {number} is left to do at the channel.",
    # how letters leave
    "outbox-moved-on": "This letter has moved on meanwhile. Nothing was done; look at it again.",
    "mail-host-wrong": "{host} is no name of a mail server. Write it like smtp.example.com.",
    "mail-port-wrong": "{port} is no port. Write 587, 465, or what the mail provider says.",
    "mail-address-wrong": "{address} is no address letters can come from. Write it like desk@example.com.",
    "mail-password-open": (
        "Without a sealed line everybody on the way could read the password. Choose STARTTLS or TLS."
    ),
    "mail-rule-wrong": "{rule} is no domain and no address. Write it like example.com or orders@example.com.",
    "mail-since-wrong": "{day} is no day. Write it like 2027-01-31.",
    "mail-placed-meanwhile": "Somebody else has dealt with this mail a moment ago. Look at the list again.",
    "mail-no-order": "It cannot be read as an order: {why}",
    "file-is-no-mail": "{file} is a file and no mail, so it belongs to no conversation. Read it as an order.",
    "mailbox-away": "The mailbox does not answer. Look at the server and the port. It said: {why}",
    "mailbox-password": "The mailbox does not know this user and password. It said: {why}",
    "mailbox-certificate": "The mailbox cannot prove that it is {host}, so nothing was sent to it. {why}",
    "mailbox-folder": "The mailbox has no folder {folder}. Look at its name.",
    "mailbox-no-tls": "The mailbox cannot seal the line after a word in the clear. Choose TLS.",
    "mail-root-wrong": "That file is no root certificate. Choose the one that begins with BEGIN CERTIFICATE.",
    "mail-password-again": "Type the password anew: it would go to another server than it was given for.",
    "mail-try-failed": "The mail server did not take the test letter: {why}",
    "mail-try-unclear": "The line broke in the middle. Look whether the test letter arrived, then try once more.",
    # people and their notes
    "claimed": "{who} works on {number}. Take it over if you want to go on with it.",
    "not-claimed": "{number} is not claimed by you.",
    "attention-too-long": "{count} letters are too many to be read at the gate, {most} fit. Say it shorter.",
    "note-empty": "Write the note first.",
    # the staff, and signing in
    "sign-in-wrong": "Name and password do not go together. Try again, or ask a manager for a new password.",
    "sign-in-wait": "That was wrong too often. Try again {until}, or ask a manager to let you in.",
    "sign-in-needed": "Somebody must sign in first. Say who with --as NAME.",
    "pin-needs-password": "Type the password first: a PIN counts where its person has signed in this week.",
    "password-first": "This password was given out by a manager. Choose one of your own, {name}.",
    "first-password-over": "This first password is too old. Ask a manager for a new one.",
    "password-same": "Choose another password than the one you were given.",
    "password-short": "A password has {least} to {most} letters. Three words are easy to remember.",
    "password-simple": "Everybody tries this password first. Choose another one.",
    "passwords-differ": "The two are not the same. Type both again.",
    "pin-wrong-form": "A PIN is {least} to {most} digits.",
    "pin-simple": "Everybody tries this PIN first. Choose digits that are neither alike nor in a row.",
    "own-password-wrong": "This is not your password. Nothing was changed.",
    "own-password-oneself": "Change your own password under You, with the one you have.",
    "password-before-others": "Choose a password of your own first: from the second person on, everybody needs one.",
    "password-before-pin": "Choose a password first. A PIN only stands in for it.",
    "staff-name-wrong": "Write the name to sign in with: at most {most} letters.",
    "staff-name-taken": "Somebody is called {name} already. Choose another name.",
    "staff-gone": "This person is not there any more. Look at the list again.",
    "role-unknown": "{role} is no role. Known are: {known}.",
    "last-owner": "{name} is the last owner, and one must stay. Make somebody else an owner first.",
    "owner-unknown": "No owner is called {name}. Owners are: {known}.",
    "machine-not-yours": "{folder} belongs to somebody else. Sign in with --as NAME.",
    "group-name-wrong": "Write what the group is called: at most {most} letters.",
    "group-name-taken": "A group is called {name} already. Choose another name.",
    "group-gone": "This group is not there any more. Look at the list again.",
    # talking to travelers
    "message-empty": "Write the message first.",
    "message-too-long": "{count} letters are too many for one message, {most} fit. Say it in two.",
    "answered-meanwhile": "{who} has just written to this traveler. Read that, then send yours if it is still needed.",
    "enclosure-too-large": "{name} is too large to be sent: {most} MB fit into one file, {all} MB into a message.",
    "enclosure-unreadable": "{name} cannot be read. Choose another file.",
    "file-not-kept": "This file was too large to be kept. It is in the mailbox.",
    "hidden-file": "What a traveler sent can be opened once the reservation is confirmed.",
    "nothing-to-answer": "Nobody waits for an answer here any more.",
    "complaint-stands": "A complaint of {number} is open already.",
    "complaint-gone": "No complaint of {number} is open any more.",
    "reply-title-wrong": "Give the reply a short name: at most {most} letters.",
    "reply-empty": "Write what the reply says.",
    "reply-gone": "This reply is not there any more. Look at the list again.",
    # what a newer file says otherwise
    "decided-already": "Somebody has decided about {number} a moment ago. Look again.",
    "has-ended": "{number} has ended here, so only ours can be kept.",
    "reason-wrong": "Each reason needs a title of its own of at most {most} letters, and a text that fits a message.",
    "reason-empty": "The reason '{title}' has no text: write it in one language at least.",
    "reasons-kept-meanwhile": "Somebody else changed the reasons. What you wrote stays: keep it to replace theirs.",
    "reason-has-holes": "Nobody knows what to fill in for {number}: {what}. Cancel it alone, or write another text.",
    "no-channel-chat": "{number} was sold by us: there is no channel whose chat could tell them.",
    "refund-theirs": "The channel holds the money of {number} and pays it back. Nothing is marked here.",
    "refund-step": "The refund of {number} stands otherwise by now, so this cannot be marked. Look again.",
    "refund-none": "Nothing of {number} goes back.",
    "refund-gone": "This refund is not there any more.",
    "refund-day": "The money cannot have gone back on {day}: choose a day from the cancellation until today.",
    "refund-other-drawer": "This was given back in cash at {counter}: take it back there, where the drawer is.",
    "refund-why-missing": "Say why the money did not go back.",
    "refund-promised": "Money of {number} was promised back, so it cannot come back to life. Ask the channel.",
    # travelers' data
    "still-needed": "The traveler of {number} is still needed ({why}). Settle that first, then erase.",
    "retention-wrong": "{days} is no number of days. Write a whole number from {least} to {most}.",
    "night-hour-wrong": "{hour} is no hour of the day. Write a whole number from 0 to 23.",
    "acknowledged-already": "Somebody has looked into this a moment ago. Look again.",
    "acknowledge-reason-missing": "Say what you found, so that the next person can rely on it.",
    # money
    "nothing-due": "Nothing is due to us on {number}.",
    "amount-wrong": "{amount} is not an amount in {currency}. Write it like {example}.",
    "too-much": "Only {due} is due on {number}. Take that, not more.",
    "not-allowed": "This needs the right to {action}. Ask {who}.",
    "status-unknown": "{status} is no status. Known are: {known}.",
    "file-not-writable": "{file} cannot be written: {why}. Choose another folder.",
    "tour-stuck": "The tour got stuck: {step} did not come to pass. Its last picture shows where.",
    "currency-not-taken": "{currency} is not taken here. Take one of {known}.",
    "currency-unknown": "{currency} is no currency that can be taken besides {own}. Write three letters, like USD.",
    "own-currency-unknown": "{currency} is no currency. Write three letters, like KRW.",
    "zone-unknown": "{zone} is no time zone. Write it like Asia/Seoul.",
    "country-unknown": "{country} is no country. Write two letters, like KR.",
    "rate-wrong": "{rate} is not what one {currency} is worth in {own}. Write it like 1342.5.",
    "nothing-handed": "Nothing was handed over. Write what the traveler gave, or leave it empty for the exact amount.",
    # a sale at the counter
    "name-missing": "Write a name: it is what the guide calls.",
    "nothing-chosen": "Choose a departure first.",
    "nobody-chosen": "Choose how many come.",
    "too-many-chosen": "At most {most} of a unit can be sold at once.",
    "unit-unknown": "{option} has no such unit any more. Choose again.",
    "price-missing": "{unit} of {product} has no price. Set one on the products page, then sell.",
    "seats-waited-for": (
        "{left} seats are left, and {waiting} guests who ordered before wait for an answer. "
        "Answer them first, or sell all the same."
    ),
    "departure-left": "This departure has left. Choose a later one.",
    "sold-already": "This was sold as {number} already, before it was changed here. Open it, or begin the next sale.",
    "total-too-large": "{amount} is more than one sale can come to. Look at the price on the products page.",
    "too-much-money": "{amount} is more than anybody hands over. Look at the rate in the settings.",
    "deposit-missing": "Write how much is paid now. F7 is for all of it.",
    "deposit-is-all": "This is the whole amount, not a deposit. Write a smaller one, or F7 for all of it.",
    # the drawer
    "shift-open": "The drawer was counted and opened already ({at}). Close that shift first.",
    "no-shift": "No shift is open here. Count the drawer and open one.",
    "count-wrong": "{amount} cannot be what lies in the drawer. Count again.",
    "count-missing": "Count what lies in the drawer in {currency}, and write 0 for nothing.",
    "move-reason-missing": "Say what the money is for.",
    # the database
    "database-unreachable": "The database {where} does not answer. Check the cable and the address, then try again.",
    "database-silent": (
        "The shared database did not answer in time. Whether it did what was asked shows when it answers again."
    ),
    "database-broke-off": (
        "The line to the shared database was cut. Whether it did what was asked shows when it answers again."
    ),
    "offline": "The shared database does not answer. Only check-in goes on until it is back.",
    "running-already": (
        "Counterfoil is open on this computer already, with the same data. Go to its window, or close it first."
    ),
    "text-not-kept": "This text holds signs that cannot be kept. Type it again without them; nothing was changed.",
    "database-busy": "Another counter has been writing for a while. Nothing was changed here; try again.",
    "database-newer": "This data was made by a newer Counterfoil. Update this one first.",
    "database-older": (
        "The shared data are of an older Counterfoil. Start this version at the desk that moved them there first."
    ),
    "moved-away": "These data have moved to {where}, and this file is only kept. Open the desk there.",
    "on-server-already": "This desk works with {where} already. Only a file on this computer can move.",
    "move-of-another": "Only the desk's own file can move, not practice data or a database that was named by --db.",
    "move-stopped": "The move was stopped. The desk goes on with its file, and nothing is left on the server.",
    "move-cut-off": (
        "{where} went away in the middle, so nothing was moved. The desk goes on with its file. Look at the server "
        "(is its disk full?), then move again."
    ),
    "move-differs": (
        "{table} is not the same on both sides ({here} rows here, {there} there), so nothing was moved. The desk "
        "goes on with its file."
    ),
    "row-not-taken": (
        "The server does not take a row of {table}: a text too long, or a sign it cannot keep. Nothing was moved; "
        "the desk goes on with its file."
    ),
    "server-too-old": "The server is PostgreSQL {version}; at least {oldest} is needed. Update it first.",
    "server-not-utf8": "{where} keeps its texts in {encoding}. Make the database anew with the encoding UTF8.",
    "server-not-empty": "{where} holds tables of something else. Make an empty database for this desk.",
    "server-has-data": (
        "{where} holds data of Counterfoil that are not the same as these. Make an empty database, or join that one."
    ),
    "counter-name-missing": "Say what the new counter shall be called.",
    "counter-is-here": "{counter} is the counter you stand at. Choose another name.",
    "counter-ended": "The access of {counter} was ended by a manager. Ask for a new code.",
    "joining-needs-server": "Further counters need a shared database. Move this desk to a server first.",
    "joining-elsewhere": "The login of this counter may let nobody in. Make the code where the desk moved from.",
    "code-not-taken": (
        "This code is not taken: it was used, is older than half an hour, is mistyped, or came with another address. "
        "Copy both once more, or ask for another."
    ),
    "code-missing": "Say the code, too: type it when it is asked for, or name a file with --code-file.",
    "join-of-another": "Only the desk's own data folder joins, not practice data or a database that was named by --db.",
    "join-has-data": (
        "{folder} holds the data of a desk already, and nothing of it was changed. Join on another computer or with "
        "another folder (--data); or move these data to a server (move-to)."
    ),
    "joined-already": (
        "This computer works with {where} already, and nothing was changed. Say --replace to let it join anew."
    ),
    "no-desk-there": (
        "{where} holds no data of Counterfoil yet. Check the name at the end of the address, or move the first desk "
        "there."
    ),
    "code-of-another-login": "This code belongs to the login {login}. Copy the address that came with it.",
    "host-unknown": "No computer is called {host}. Check the name in the address, and the cable.",
    "password-wrong": "{where} does not take this name and password. Type them again, or ask who set it up.",
    "keyring-shut": (
        "The password of the shared database lies in this computer's keyring, which is locked or not there. Unlock it "
        "(sign in to the system anew), then start again; or join once more with a new code."
    ),
    "login-ended": "{where} lets {user} in no more. Ask a manager for a new code.",
    "login-may-not": "{where} does not allow {user} to do this. Ask who set it up for the right to it.",
    "database-missing": "There is no database called {name} at {host}. Make it there first, or check the address.",
    "not-let-in": "{host} lets nobody in from this computer as {user}. Whoever set it up allows it in pg_hba.conf.",
    "database-read-only": "{where} only lets us read at present. Name the server that takes writes, or wait for it.",
    "server-full": "{where} has no room for one more counter now. Close one, or let it take more connections.",
    "server-starting": "{where} is being started or stopped. Wait a moment, then try again.",
    "server-disk-full": "The disk of {where} is full. Nothing was changed; make room there, then try again.",
    "tls-missing": (
        "{host} does not speak TLS, so everybody on the way could read along. Let it speak TLS; or, where the way "
        "is safe, write ?sslmode=disable at the end of the address."
    ),
    "tls-name-wrong": (
        "The certificate that answers is not made out to {host}, so this may be another computer. Write the name "
        "that stands in the certificate, or have it made anew."
    ),
    "tls-outdated": "The certificate of {host} is out of date. Have it renewed; look at this computer's clock, too.",
    "tls-not-trusted": (
        "Nobody this computer trusts vouches for the certificate of {host}. Choose the root certificate it was "
        "signed with, or write ?sslrootcert=/folder/root.crt at the end of the address."
    ),
    "tls-root-missing": "There is no root certificate {file} here. Choose it again, or bring it to this computer.",
    "tls-root-not-readable": (
        "{file} is no root certificate, or may not be read. Choose the file that begins with BEGIN CERTIFICATE."
    ),
    "not-practice": "{where} is not practice data. Nothing was done there.",
    "no-products": "There is no product to sell yet. Add products first.",
    "settings-not-readable": "The settings in {file} cannot be read. Move that file away and choose again.",
    "now-needs-practice": "Another time of day can be set on practice data only.",
    "already-there": "{file} is already there. Say --replace to write over it.",
    "file-read-only": (
        "The database {where} cannot be written: its folder or file is read-only. Nothing was changed. "
        "Give this user the right to write there, then try again."
    ),
    "file-not-opened": (
        "The database {where} cannot be opened: its folder is not there, or this user may not use it. "
        "Choose another folder, or ask who looks after this computer."
    ),
    "database-damaged": (
        "The database {where} is damaged. Nothing was changed. Do not go on with it: restore the newest backup."
    ),
    "disk-full": "The disk of {where} is full. Nothing was kept of this; make room there, then try again.",
    "disk-trouble": "The disk of {where} does not do what it should. Nothing was kept of this; look at the disk first.",
    "upgrade-failed": (
        "The data could not be brought from version {before} to {after}, so they were left as they are. "
        "The former Counterfoil still opens them. A copy lies in {copy}."
    ),
    "upgrade-without-backup": (
        "The data are of an older Counterfoil and are only changed after a backup, which failed: {why} "
        "Nothing was changed."
    ),
    "folder-read-only": "{where} cannot be written. Choose a folder in which this user may write.",
    "folder-not-whole": "{folder} is no whole path. Write it from its root on.",
    "passphrase-short": "This passphrase is too short. Take at least {least} letters, best a few words.",
    "passphrase-unset": "There is no passphrase for backups on this computer yet. Set one first.",
    "passphrase-missing": "{file} is locked with a passphrase. Type the one it was made with.",
    "passphrase-wrong": "This is not the passphrase of {file}. Type the one it was made with.",
    "passphrases-differ": "The two passphrases are not the same. Type it again.",
    "backup-newer": "{file} was made by a newer Counterfoil. Update this one first.",
    "no-backup": "There is no backup in {folder} yet. Make one first.",
    "copy-not-migrated": (
        "{file} opens, but cannot be brought from version {before} to {after}. Nothing was changed; take another copy."
    ),
    "counts-differ": "The copy holds {found} {what}, and {told} were in it when it was made. Take another copy.",
    "time-wrong": "{time} is no time of day. Write it like 03:00.",
    "days-wrong": "{days} is no number of days to keep copies. Write one from 1 to {most}.",
    "dump-no-tools": "PostgreSQL's tools are not on this computer.",
    "dump-tools-old": "PostgreSQL's tools here are version {tools}, the server is {server}.",
    "dump-failed": "PostgreSQL could not write its copy: {why}",
    "backup-onto-itself": "{file} is the database itself. Choose another name for the backup.",
    "backup-damaged": "{file} is damaged. Nothing was changed; take another backup.",
    "other-kind": "The backup holds {kind} data, and there is {here} data here. Nothing was changed.",
    "database-not-ours": "{where} is not a database of Counterfoil, or it is damaged. Restore a backup.",
    "address-wrong": "That is no database address. Write it like postgresql://user@host/name.",
    "folder-not-usable": "{file} cannot be used: {why}. Choose another folder.",
    "scan-id-used": "This scan id belongs to another code. Make a new id for each code.",
    "confirmed-by-channel": "{number} was confirmed by its channel, so there is nothing of ours to take back.",
    "backup-not-ours": "{file} is not a backup of Counterfoil.",
    "chain-broken": "The journal of {counter} does not agree from entry {seq} on.",
    # without the server
    "offline-not-yours": "{number} was let in at another counter. Take it back when the server answers again.",
    "replica-empty": (
        "The server does not answer, and this counter has no copy of the days around today yet. Check the cable; "
        "the copy is made when the server is there."
    ),
    "replica-damaged": (
        "The file {file} is damaged and holds scans that the server does not have yet. Nothing was changed. Keep the "
        "file, and have whoever looks after this computer save it before you go on."
    ),
    "replica-newer": (
        "The file {file} was made by a newer Counterfoil and holds scans that the server does not have yet. Nothing "
        "was changed. Update this program; then they are handed over."
    ),
    "replica-of-another": (
        "Scans wait here for another database than {where}. Nothing was handed over. Connect this counter to the "
        "database it was at."
    ),
    "database-changed": (
        "Another database answers at {where} than the one this counter was at. Nothing was handed over. If that is "
        "right, close Counterfoil and open it again; if not, have whoever looks after the server put it right."
    ),
    "warning-missing": "Write what the gate shall read before anybody with this voucher comes in.",
    "incident-gone": "This is settled already. Look again at the list.",
    "ruling-not-offered": "That cannot be decided here. Choose one of: {offered}.",
    # notices to staff
    "mail-wrong": "{mail} is no e-mail address. Write it like name@example.com.",
    "phone-wrong": "{phone} is no telephone number. Write it with its country, like +82 10 0000 0000.",
    "topic-wrong": "{topic} is no topic. Letters, digits, - and _ are allowed, 64 at most.",
    "hour-wrong": "{hour} is no time of the day. Write it like 22:00.",
    "quiet-always": "These quiet hours never end, so nothing would ever be heard. Leave some hours open.",
    "not-wanted": "Nobody wants to be told of this any more.",
    "address-not-safe": "{address} is not sealed. Use an address that begins with https.",
    "blank-unknown": "{blank} is no blank of ours. These are: {known}.",
    "route-not-set-up": "This way is not set up yet, so nothing was sent. A manager sets it up in Settings, Notices.",
    "route-no-address": "No address for this way is known of you yet. Write it first, and keep it.",
    "route-refused": "The other side did not take it: {words}",
    "route-unclear": "It was handed over, but no answer came: {words}. Look whether it has arrived.",
    "steps-wrong": "At most five reminders, each 1 to 240 hours before the promise runs out.",
    # products
    "product-wrong": "{field} is not right: {why}. Nothing was saved.",
    "kept-meanwhile": (
        "{who} changed this meanwhile, at {counter}: {fields}. Nothing of yours was kept yet. Press again to keep "
        "yours, or take theirs."
    ),
    "mapped-meanwhile": (
        "{who} said meanwhile, at {counter}, that these words mean {product}. Nothing was kept. Look again, then "
        "decide."
    ),
    "seats-changed-meanwhile": (
        "Somebody else gave it {now} seats a moment ago. Nothing was changed; press again to give it yours."
    ),
    "guide-changed-meanwhile": (
        "Somebody else wrote down another guide a moment ago: {named}. Nothing was changed; press again for yours."
    ),
    "product-changed-meanwhile": (
        "{name} was changed by somebody else a moment ago. Nothing was saved; look at theirs, then decide."
    ),
    "nothing-to-name": "The channel tells neither product nor option. Open each order and see what was booked.",
    "code-taken": "The code {taken} belongs to {name}. Choose another one.",
    "product-used": "{name} was sold before, so it cannot be deleted. Stop offering it instead.",
    "photo-not-taken": "{file} cannot be the photo: {why}. Choose a JPEG, PNG or WebP picture.",
    "products-not-readable": "{file} cannot be read as products: {why}.",
    "rules-clash": "Two rules leave at {starts} on the same days. Change the weekdays or the season of one.",
    "below-sold": (
        "{sold} seats are sold on {day}, so {capacity} are too few. Keep at least {sold}, or change that day alone."
    ),
    "day-reserved": (
        "{reservations} reservations stand on {day}. Cancel or move them first; then the day can be skipped."
    ),
    "departure-exists": "{option} leaves at {at} already. Change that departure, or choose another time.",
    "departure-of-rules": "{at} comes from the rules of the option. Close that departure, or skip the day.",
    "departure-reserved": (
        "{reservations} reservations stand on {at}. Cancel or move them first; then it can be taken away."
    ),
    "voucher-not-yet": "{number} is {status}: a voucher is made when it is confirmed.",
    "voucher-no-more": "{number} is {status}: it has no valid voucher.",
    # office holidays
    "calendar-unknown": "There is no holiday calendar called {calendar}. Choose a country from the list.",
    "day-closed": "{day} is closed already ({name}).",
    "no-closed-day": "{day} is no closed day of your own. Look again at the list.",
    "no-holiday": "{day} is no holiday of the calendar that is observed.",
    # files
    "format-unknown": (
        "{file} is none of the files we can read. Export the order list of the channel again, or "
        "name the channel."
    ),
    "file-empty": "{file} is empty. Export it again.",
    "file-not-readable": "{file} cannot be read: {why}.",
    "file-too-large": "{file} is too large to be an order list. Export a shorter span of days.",
    "not-what-it-claims": "{file} is not a {channel} file. Choose the right channel, or let it be recognised.",
    "columns-missing": (
        "{file} looks like {channel}, but these columns are missing: {columns}. Export all "
        "columns, or map them."
    ),
    "no-orders-of-ours": "{file} holds {what}, not orders of ours. There is nothing to import.",
    "channel-unknown": "No channel is called {channel}. Known are: {known}.",
    # lists, taken out of the house
    "ending-unknown": "{file} ends in none of {endings}. Choose one of these.",
    "too-many-to-print": "{count} rows are too many to print, {most} fit. Narrow the list, or export it.",
    "too-many-at-once": "{count} are too many at once, {most} can be decided together. Choose fewer.",
    "view-name-missing": "Say what the view shall be called.",
    "view-name-taken": "A view of yours is called {name} already. Choose another name.",
    "view-gone": "This view is not there any more. Save it again under a name.",
    # vouchers and codes
    "fonts-missing": "The voucher cannot be printed: the font {font} is not installed here. Run the set-up again.",
    "closing": "Counterfoil is being closed, so this was not done any more. Do it again after the next start.",
    "printer-silent": "The printer {printer} takes nothing. Switch it on, or choose another one.",
    "printer-not-chosen": (
        "No printer is chosen for {paper} at this counter. Choose one in the settings, under Printers."
    ),
    "printer-gone": (
        "This computer knows no printer called {printer} (it knows: {known}). Plug it in, or choose another one in "
        "the settings."
    ),
    "printer-stopped": (
        "The printer {printer} has stopped, and nothing was printed. Look for paper and its cable, start it again, "
        "then print once more."
    ),
    "printed-already": (
        "{number} was printed already: {at} at {counter}, on {printer}. Print it by hand for a copy that says so."
    ),
    "print-unsure": (
        "Nobody knows whether it came out: {number}, on {printer}. Look there before you print it again."
    ),
    "print-stays": (
        "{number} still lies in the queue of {printer} and cannot be taken out there. Nothing more was printed: look "
        "at the printer."
    ),
    "print-broke": "A fault of this program came between, and nothing was printed. Print it again.",
    "saved-already": (
        "{number} was saved as a file already: {at} at {counter}. Print it by hand for a copy that says so."
    ),
    "paper-outdated": "{number} was changed meanwhile, and nothing was printed. Look at it anew, then print it.",
    # reviews, and the codes that thank for them
    "review-not-there": "Nobody of {number} was there yet, so there is nothing to review. Let them in first.",
    "rating-wrong": "{rating} is no rating. Choose 1 to 5 stars.",
    "review-too-long": "{count} letters are too many for a review, {most} fit. Keep what matters.",
    "review-photos-many": "{count} pictures are too many for a review, {most} fit. Choose the best ones.",
    "reviewed-already": "{number} has its review already. There is one for an order.",
    "review-decided": "Somebody has said already what this is. Look at the list again.",
    "review-reply-empty": "Write the answer first.",
    "replied-already": "The review of {number} was answered already, and the traveler has got it.",
    "reward-mistyped": "{given} is no reward code: a sign is wrong or missing. Read all ten signs again.",
    "reward-unknown": "Nobody was given the reward code {given}. Read it again, or ask to see the letter.",
    "reward-revoked": "The reward code {given} counts no more: the order it thanked for was refunded.",
    "reward-over": "The reward code {given} was good until {day}. Sell without it.",
    "reward-spent": "Nothing is left on the reward code {given}. Sell without it.",
    "reward-currency": "The reward code {given} is in {currency}, and this costs {price}. Sell without it.",
    "reward-changed": (
        "The reward code {given} was used at another counter a moment ago. Look it up again, then tell the guest the "
        "new price."
    ),
    "reward-by-code": "A reward code is taken off when something is sold, by its code. It is no way to pay.",
    "nothing-paid": "Nothing was paid here for {number}, so there is no receipt.",
    "nothing-to-print": "Nobody confirmed travels then, or every voucher was printed already.",
    "colour-wrong": "{colour} is no colour. Write it like #1D44B0.",
    "colour-pale": (
        "{colour} cannot be read on white: its contrast is {contrast}, at least {least} is needed. Take a darker one."
    ),
    "terms-long": "The terms are too long for a voucher: at most {most} signs a language.",
    "picture-not-readable": "{file} cannot be read as a picture: {why}. Use a PNG, JPEG, WebP or BMP picture.",
    # one row of a file
    "reference-missing": "The row has no order number.",
    "date-missing": "The row has no departure date.",
    "date-not-understood": "The departure date is not a date we can read.",
    "order-date-not-understood": "The order date is not a date we can read.",
    "amount-not-understood": "The amount is not a number we can read.",
    "currency-missing": "The amount names no currency. Add a column for it, or map one.",
    "quantity-not-understood": "The number of travelers is not a number we can read.",
    "row-not-readable": "The row has another number of columns than the heading.",
    "twice-in-file": "The same order stands twice in this file, with different content.",
    "fits-several": "The order fits several reservations: {numbers}. Decide on screen which one it is.",
}


class CannotDo(Exception):
    """The world said no: `code` is stable, `facts` fill the sentence."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts

    @property
    def sentence(self) -> str:
        """What happened and what to do now, in English, for the command line."""
        return sentence(self.code, self.facts)

    def __str__(self) -> str:
        return f"{self.code}: {self.sentence}"


class _Blank(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return "?"


def sentence(code: str, facts: dict[str, object] | None = None) -> str:
    """The sentence of a code, its blanks filled with `facts`."""
    return SENTENCES.get(code, code).format_map(_Blank(facts or {}))
