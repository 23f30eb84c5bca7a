"""The plan: a few ordered steps for a situation that spans several jurisdictions."""
