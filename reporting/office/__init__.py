"""The office's folder: settings, form, exceptions, what came in and what goes out."""
