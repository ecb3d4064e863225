"""Sentences about where the data lie: the file, the shared server, its copies, and a counter without it."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
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
}
