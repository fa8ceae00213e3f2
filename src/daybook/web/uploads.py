"""No page takes a file: a form that brings one is refused before any of it is read."""

from typing import Any, NoReturn

from django.core.exceptions import SuspiciousOperation
from django.core.files.uploadhandler import FileUploadHandler


class FileSent(SuspiciousOperation):
    """A form came with a file. Nobody's browser does that here by itself."""


class NoUploads(FileUploadHandler):
    """Refuses at the name of the file: nothing is kept in memory or on a disk."""

    def new_file(self, *args: Any, **more: Any) -> NoReturn:
        raise FileSent

    def receive_data_chunk(self, raw_data: bytes, start: int) -> NoReturn:
        raise FileSent

    def file_complete(self, file_size: int) -> NoReturn:
        raise FileSent
