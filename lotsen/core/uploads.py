"""How much may be sent at once: what is larger is refused before a byte of it is written anywhere."""

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler

#: Well above what a form takes, so that the form can say what is too large and how to mend it.
MAX_REQUEST = 50_000_000


class LimitedUploads(FileUploadHandler):
    """Stands before the handlers that keep files, and keeps none."""

    def handle_raw_input(self, input_data: Any, META: Any, content_length: int, *more: Any, **named: Any) -> None:  # noqa: N803 - Django's own
        """Refuse a request that is too large, by what it says of itself; more than it says is never read."""
        if content_length > MAX_REQUEST:
            raise RequestDataTooBig("A request with files that is larger than any of ours.")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Hand on to the next handler."""
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Leave the file to the next handler."""
