"""Who works here: staff, roles, sign-in, the organisation's settings, the audit log."""
