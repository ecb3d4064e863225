"""The people at the desk: how they sign in, who invites and changes them, and for which products they redeem."""
