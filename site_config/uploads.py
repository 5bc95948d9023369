"""What happens to files in a form: nobody sends any here."""

from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler, SkipFile


class NoFiles(FileUploadHandler):
    """Refuses a form that is too long before any of it is read, and drops its files, which Django's own limit does not count.

    No handler at all would not do: Django would then read a form in pieces of two gigabytes.
    """

    def handle_raw_input(self, input_data: Any, META: Any, content_length: int, *_: Any, **__: Any) -> None:  # noqa: N803
        if content_length > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            raise RequestDataTooBig("the form with its files is too long")

    def new_file(self, *_: Any, **__: Any) -> None:
        raise SkipFile
