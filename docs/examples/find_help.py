"""Show a country's help lines by Handrail's API: Python 3.9 or later, nothing else.

python find_help.py http://127.0.0.1:8000 KE
"""

import datetime
import json
import sys
import urllib.parse
import urllib.request


def fetch(base, path, **parameters):
    """One page of JSON, and the address of the next, if there is one."""
    address = urllib.parse.urljoin(base, path)
    if parameters:
        address += "?" + urllib.parse.urlencode(parameters)
    with urllib.request.urlopen(address, timeout=20) as answer:  # noqa: S310
        return json.load(answer)


def services(base, country):
    """Every service for a country, page after page."""
    asked = {
        "jurisdiction": country,
        "fields": "name,channels,confidence",
        "limit": 100,
    }
    while True:
        page = fetch(base, "/api/v1/resources", **asked)
        yield from page["items"]
        if page["next"] is None:
            return
        asked["cursor"] = page["next"]


def lines(record, today):
    """What may be shown of a record: never a number without its name and its day."""
    if datetime.date.fromisoformat(record["show_until"]) < today:
        return  # too old a copy: fetch it again first
    name = next(iter(record["name"].values()))
    display = record["display"]
    for position, channel in enumerate(record["channels"]):
        unsure = position in display.get("not_yet_confirmed", [])
        mark = ", not yet confirmed" if unsure else ""
        made_up = " (made up, for tests)" if record.get("test") else ""
        yield (
            f"{name}{made_up}: {channel['type']} {channel['value']}"
            f" (as of {display['as_of']}{mark})"
        )


if __name__ == "__main__":
    base, country = sys.argv[1:3]
    today = datetime.datetime.now(datetime.timezone.utc).date()
    try_out = fetch(base, "/api/v1/resources/test-line")
    for record in [try_out, *services(base, country)]:
        for line in lines(record, today):
            print(line)
