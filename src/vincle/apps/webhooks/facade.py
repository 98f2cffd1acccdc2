"""What other rooms may call."""

from vincle.apps.webhooks.signing import new_secret, signature

__all__ = ["new_secret", "signature"]
