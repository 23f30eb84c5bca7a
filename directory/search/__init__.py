"""Search over one release: analysis of text, the index, the query and its answer."""
