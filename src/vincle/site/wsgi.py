"""The door through which a web server reaches the application."""

import atexit
import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vincle.site.settings")
application = get_wsgi_application()

# What the application is made of stays for ever. Read all of it now, and let the collector of garbage leave it alone:
# looking through it again, as it would now and then, takes a tenth of a second of whoever is being served.
_ = get_resolver().url_patterns
gc.collect()
gc.freeze()
atexit.register(gc.unfreeze)
