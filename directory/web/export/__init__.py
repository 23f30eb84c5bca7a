"""The whole site as files, for where there is no server or no network."""
