"""Check-in goes on when the server does not answer: on a replica, and handed over when it is back.

replica  - the file: made, followed, set aside when it is broken
copying  - what of the server's rows goes into it
waiting  - asks the server, and not for ever
door     - the one way to scan and to undo: the server in time, or the replica
handing  - what was done without the server, brought to it
settling - who is in after all, and what two counters did against each other
"""
