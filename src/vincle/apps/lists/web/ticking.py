"""People ticked one by one on the list, on the way to what is done with them."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from vincle.apps.lists.filters.reading import write
from vincle.apps.lists.queries.ticked import ticked as whom_is_ticked
from vincle.web.permissions import needs


@needs("lists.edit")
@require_safe
def ticked(request: HttpRequest) -> HttpResponse:
    """To the change of many, for those who are ticked (`p`) and nobody else."""
    wanted = {"f": write(whom_is_ticked(request.GET.getlist("p"))), "way": request.GET.get("way", "")}
    return redirect(f"{reverse('lists:change')}?{urlencode(wanted)}")
