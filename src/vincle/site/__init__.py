"""Assembly of the Django project: settings, addresses, the WSGI door."""
