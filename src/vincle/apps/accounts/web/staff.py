"""Who works here, what each role may do, and letting people in and out."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vincle.apps.accounts import actions, queries
from vincle.apps.accounts.actor import Actor
from vincle.apps.accounts.web.forms import InvitationForm
from vincle.kernel import clock
from vincle.kernel.errors import BadInput, NotFound
from vincle.web.permissions import PERMISSIONS, ROLE_LABELS, ROLE_PURPOSES, Role, needs
from vincle.web.toasts import toast

HANDED = "accounts.link_to_hand_over"


@needs("settings.view")
def staff(request: HttpRequest) -> HttpResponse:
    """Everybody who works or worked here, and the table of roles."""
    context = {
        "tab": "staff",
        "people": queries.staff(),
        "roles": [(role, ROLE_LABELS[role], ROLE_PURPOSES[role]) for role in Role],
        "permissions": [(each.label, [role in each.roles for role in Role]) for each in PERMISSIONS.values()],
        "handed": request.session.pop(HANDED, None),
    }
    return render(request, "accounts/staff.html", context)


@needs("staff.manage")
def invitation(request: HttpRequest) -> HttpResponse:
    """Add somebody; the link that lets them in is shown once, on the next page."""
    form = InvitationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.invite(actor=Actor.behind(request), now=clock.now(), **form.cleaned_data)
        except BadInput as error:
            form.add_error("email", error.message)
        else:
            _hand_over(request, form.cleaned_data["name"], made.token, days=actions.INVITATION_LASTS.days)
            return redirect("accounts:staff")
    return render(request, "accounts/invitation.html", {"tab": "staff", "form": form})


@needs("staff.manage")
@require_POST
def role(request: HttpRequest, user_id: int) -> HttpResponse:
    """Give somebody another role."""
    wanted = request.POST.get("role", request.GET.get("role", ""))  # Undo has it in its address
    before = actions.change_role(actor=Actor.behind(request), now=clock.now(), user_id=user_id, role=wanted)
    if before != wanted:
        words = {"name": _name(user_id), "role": ROLE_LABELS.get(wanted, _("no role"))}
        undo = f"{reverse('accounts:role', args=[user_id])}?role={before}"
        toast(request, _("%(name)s: %(role)s from now on.") % words, undo=undo)
    return redirect("accounts:staff")


@needs("staff.manage")
@require_POST
def link(request: HttpRequest, user_id: int) -> HttpResponse:
    """A new link for somebody who lost theirs, or their password."""
    lasts = actions.INVITATION_LASTS
    token = actions.issue_login_link(
        actor=Actor.behind(request), now=clock.now(), user_id=user_id, lasts=lasts, new_password=True
    )
    _hand_over(request, _name(user_id), token, days=lasts.days)
    return redirect("accounts:staff")


@needs("staff.manage")
@require_POST
def end_access(request: HttpRequest, user_id: int) -> HttpResponse:
    """Somebody does not work here any more."""
    actions.deactivate(actor=Actor.behind(request), now=clock.now(), user_id=user_id)
    undo = reverse("accounts:give_access", args=[user_id])
    toast(
        request, _("%(name)s cannot come in any more; their sessions have ended.") % {"name": _name(user_id)}, undo=undo
    )
    return redirect("accounts:staff")


@needs("staff.manage")
@require_POST
def give_access(request: HttpRequest, user_id: int) -> HttpResponse:
    """Somebody works here again."""
    actions.reactivate(actor=Actor.behind(request), now=clock.now(), user_id=user_id)
    toast(request, _("%(name)s can come in again.") % {"name": _name(user_id)})
    return redirect("accounts:staff")


def _name(user_id: int) -> str:
    user = queries.user(user_id)
    if user is None:
        raise NotFound(_("Nobody here has this number."))
    return user.name


def _hand_over(request: HttpRequest, name: str, token: str, *, days: int) -> None:
    url = request.build_absolute_uri(reverse("accounts:enter", args=[token]))
    request.session[HANDED] = {"name": name, "url": url, "days": days}
