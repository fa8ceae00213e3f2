"""tbd"""

from django.http import HttpResponse

from daybook.foundation.access.page import Visit, page


@page
def home(request: Visit) -> HttpResponse:
    return HttpResponse("home")
