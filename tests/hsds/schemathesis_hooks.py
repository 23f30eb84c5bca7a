"""What an OpenAPI document can't say: `proximity` is asked together with `postcode`."""

import schemathesis


@schemathesis.hook
def filter_query(context, query):
    return not query or "proximity" not in query or "postcode" in query
