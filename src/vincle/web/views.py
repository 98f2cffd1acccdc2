"""Pages of the shell itself."""

from django.db import connection
from django.http import HttpRequest, HttpResponse

from vincle.web.permissions import open_to_everybody


@open_to_everybody
def health(_request: HttpRequest) -> HttpResponse:
    """ "ok" when the application and its database answer; for whatever watches over the server."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok\n", content_type="text/plain")
