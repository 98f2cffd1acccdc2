"""The shell of the web application: layout, components, permissions, pagination."""
