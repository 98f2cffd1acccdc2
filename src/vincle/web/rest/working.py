"""What is worked out in the background when somebody asks: until then it is said to be on its way."""

from vincle.kernel.errors import VincleError


class BeingWorkedOut(VincleError):
    """It is being worked out, and can be read in a moment."""
