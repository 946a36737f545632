"""The one kind of error that is the user's to mend: a single clear sentence."""


class UserError(Exception):
    """Something a person gave or chose that cannot work.

    `str(error)` is one sentence fit to be shown as it is: what is wrong, with which file, what to
    do. The command line prints it and exits with 1; the window shows it in the status line.
    """


class Cancelled(Exception):
    """A long task was asked to stop and did, leaving nothing half-written."""
