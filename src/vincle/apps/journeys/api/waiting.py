"""What is said while something is worked out in the background."""

from django.utils.translation import gettext as _

from vincle.flow.models import Job
from vincle.web.rest.working import BeingWorkedOut


def being_worked_out(job: Job | None) -> BeingWorkedOut:
    """That it is on its way, and when it did not succeed at first, that."""
    if job is not None and job.error:
        return BeingWorkedOut(
            _("It did not succeed at once. Nothing is lost; it is tried again by itself."),
            _("Ask again later; “vincle status” says what the background work is about."),
        )
    return BeingWorkedOut(_("This is being worked out of the log."), _("Ask the same again in a few seconds."))
