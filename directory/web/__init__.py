"""The public side: the JSON API and the pages, both read-only, from one release."""
