"""What CardDAV says over HTTP: XML in and out, properties, reports, filters."""
