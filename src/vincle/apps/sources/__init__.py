"""Where interactions come from: imports, the catalogue of kinds, quarantine."""
