"""The methods that a path takes: whoever is refused with 405 is told (RFC 9110)."""

from litestar import Litestar
from litestar.routes import HTTPRoute


def allowed(app: Litestar, path: str) -> str:
    """As the Allow header has them; of several routes that fit, the most literal's."""
    parts = [part for part in path.split("/") if part]
    fitting = [
        (sum(not isinstance(own, str) for own in route.path_components), route.methods)
        for route in app.routes
        if isinstance(route, HTTPRoute)
        and len(route.path_components) == len(parts)
        and all(
            not isinstance(own, str) or own == part
            for own, part in zip(route.path_components, parts, strict=True)
        )
    ]
    if not fitting:
        return ""
    methods = {
        str(getattr(method, "value", method))
        for method in min(fitting, key=lambda one: one[0])[1]
    }
    if "GET" in methods:
        methods.add("HEAD")
    return ", ".join(sorted(methods))
