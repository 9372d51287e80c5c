"""What a user must be told: one small family of errors, each with its cure.

Every error that may reach a person derives from :class:`ReviewBoardError`; anything else that
escapes is a defect and ends in the crash log.
"""


class ReviewBoardError(Exception):
    """Something the user must know: what is wrong, and what to do about it.

    ``message`` is one sentence without a full stop; ``cure`` says what to do, or is empty.
    """

    def __init__(self, message: str, cure: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.cure = cure

    def __str__(self) -> str:
        if not self.cure:
            return self.message
        if self.message.endswith("?"):
            return f"{self.message} {self.cure[0].upper()}{self.cure[1:]}"
        return f"{self.message}; {self.cure}"


class InvalidValueError(ReviewBoardError):
    """A typed or imported value cannot be read: a date, an amount, a name, a word."""


class RefusedError(ReviewBoardError):
    """A change that the rules of the pipeline do not allow; nothing was changed."""


class UsageError(ReviewBoardError):
    """A command was called in a way that cannot work (exit status 2)."""


class SettingsError(ReviewBoardError):
    """The settings file holds an unknown key or a bad value; the message names its line."""


class StoreError(ReviewBoardError):
    """The pipeline could not be read or written; the file on disk is as it was."""


class BadFileError(StoreError):
    """The pipeline file or its ledger cannot be understood; it is never overwritten."""


class BusyError(StoreError):
    """Another process holds the lock for too long; nothing was changed."""


class ReadOnlyError(StoreError):
    """The pipeline is open for reading only: permissions, a full disk or a newer schema."""


class ConflictError(StoreError):
    """Somebody else changed the same field first; nothing was changed."""
