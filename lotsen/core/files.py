"""Files of the one who runs a command."""

from django.utils.translation import gettext as _


def why_not(error: OSError) -> str:
    """Say why a file could not be read or written, in the language in use; the system says it in its own."""
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return _("there is no such file or folder")
    if isinstance(error, IsADirectoryError):
        return _("this is a folder, not a file")
    if isinstance(error, PermissionError):
        return _("you have no right to this file")
    return _("the file cannot be opened")
