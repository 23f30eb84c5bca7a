"""Every answer, every record and every page, against the standard's own schemas."""

import json

import pytest

from directory.hsds import profile

ALL = {"per_page": 1000}
LISTS = {
    "services": ("compiled/service_list.json", "compiled/service.json"),
    "organizations": ("compiled/organization_list.json", "compiled/organization.json"),
    "service_at_locations": (
        "compiled/service_at_location_list.json",
        "compiled/service_at_location.json",
    ),
    "taxonomies": ("taxonomy.json", "taxonomy.json"),
    "taxonomy_terms": ("taxonomy_term.json", "taxonomy_term.json"),
}
FULL = [name for name in LISTS if not name.startswith("taxonom")]


def contents(client, path, **asked):
    return client.get(f"/hsds/{path}", params=ALL | asked).json()["contents"]


@pytest.mark.parametrize("path", LISTS)
def test_every_object_of_a_list_is_as_the_standard_has_it(client, official, path):
    found = contents(client, path)

    assert found
    for one in found:
        official(LISTS[path][0]).validate(one)


@pytest.mark.parametrize("path", FULL)
def test_every_whole_object_is_as_the_standard_has_it(client, official, path):
    found = contents(client, path, full=True)

    assert found
    for one in found:
        official(LISTS[path][1]).validate(one)


def test_every_organization_with_its_whole_services_is_as_the_standard_has_it(
    client, official
):
    for one in contents(client, "organizations", full_service=True):
        official("compiled/organization.json").validate(one)


@pytest.mark.parametrize("path", LISTS)
def test_an_object_by_its_id_is_the_whole_one_of_the_list(client, official, path):
    whole = {"full": True} if path in FULL else {}
    for one in contents(client, path, **whole)[::97]:
        found = client.get(f"/hsds/{path}/{one['id']}").json()

        assert found == one
        official(LISTS[path][1]).validate(found)


def test_every_list_item_holds_what_its_tree_holds(client):
    """The brief form is the tree without its lists, and nothing else."""
    for path in FULL:
        briefs = contents(client, path)
        for brief, whole in zip(briefs, contents(client, path, full=True), strict=True):
            assert brief["id"] == whole["id"]
            assert not any(isinstance(value, list) for value in brief.values())
            assert {
                name: value
                for name, value in whole.items()
                if not isinstance(value, list | dict)
            } == {
                name: value
                for name, value in brief.items()
                if not isinstance(value, dict)
            }


def test_a_minimal_service_still_has_what_the_standard_requires(client, official):
    page = client.get("/hsds/services", params={"minimal": True}).json()

    assert page["total_pages"] == 1
    for one in page["contents"]:
        official("compiled/service_list.json").validate(one)
        assert set(one) == {"id", "name", "status", "last_modified"}


def test_pages_have_the_standards_envelope_and_nothing_else(client, standard):
    api = json.loads((standard / "openapi.json").read_bytes())
    names = set(api["components"]["schemas"]["Page"]["properties"]) | {"contents"}
    for path in LISTS:
        assert set(client.get(f"/hsds/{path}").json()) == names


def test_every_path_and_parameter_of_the_standard_is_there(client, standard):
    """And no other: what we take is what the standard names, path by path."""
    api = json.loads((standard / "openapi.json").read_bytes())
    ours = client.get("/hsds/openapi.json").json()

    assert set(ours["paths"]) == set(api["paths"])
    for path, operations in api["paths"].items():
        for method in set(operations) - {"parameters"}:
            theirs = {
                one["$ref"].rsplit("/", 1)[-1] if "$ref" in one else one["name"]
                for one in operations[method].get("parameters", [])
            }
            known = ours["paths"][path][method]["parameters"]
            assert {one["name"] for one in known} == theirs, path


def test_the_root_says_what_the_standard_asks(client, standard):
    api = json.loads((standard / "openapi.json").read_bytes())
    answer = api["paths"]["/"]["get"]["responses"]["200"]["content"]
    known = answer["application/json"]["schema"]["properties"]
    meta = client.get("/hsds/").json()

    assert set(meta) <= set(known)
    assert meta["version"].startswith("3.2")
    for name in ("profile", "openapi_url", "data_guide"):
        path = meta[name].removeprefix("http://handrail.test")
        assert client.get(path).status_code == 200, name


def merged(target, patch):
    """RFC 7386."""
    if not isinstance(patch, dict):
        return patch
    found = dict(target) if isinstance(target, dict) else {}
    for name, value in patch.items():
        if value is None:
            found.pop(name, None)
        else:
            found[name] = merged(found.get(name), value)
    return found


@pytest.mark.parametrize("name", profile.patches())
def test_a_patch_of_the_profile_makes_a_schema_only_narrower(standard, name):
    theirs = json.loads((standard / name).read_bytes())
    patched = merged(theirs, profile.patches()[name])

    if name == "openapi.json":
        assert set(patched["components"]["parameters"]) == set(
            theirs["components"]["parameters"]
        )
        return
    assert set(patched["properties"]) == set(theirs["properties"])
    assert set(patched.get("required", ())) >= set(theirs.get("required", ()))
    for field, known in theirs["properties"].items():
        if "enum" in known:
            assert set(patched["properties"][field]["enum"]) <= set(known["enum"])


def objects(part, name=""):
    """Every object in an answer, with the name of the list or field it stands in."""
    if isinstance(part, list):
        for one in part:
            yield from objects(one, name)
    elif isinstance(part, dict):
        yield name, part
        for field, value in part.items():
            yield from objects(value, field)


def test_the_data_keeps_what_the_profile_promises(client):
    named = {
        "contents": "service.json",
        "phones": "phone.json",
        "attributes": "attribute.json",
        "taxonomy_term": "taxonomy_term.json",
        "location": "location.json",
    }
    for where, one in objects(contents(client, "services", full=True)):
        patch = profile.patches().get(named.get(where, ""), {})
        assert set(patch.get("required", ())) <= set(one)
        for field, narrower in patch.get("properties", {}).items():
            assert one.get(field, narrower["enum"][0]) in narrower["enum"]


@pytest.mark.parametrize("name", profile.schemas())
def test_the_profiles_own_schemas_know_every_field_of_the_standard_they_use(
    client, standard, name
):
    shape = client.get(f"/hsds/profile/schema/{name}").json()
    for title, part in shape["$defs"].items():
        table = "".join(f"_{c.lower()}" if c.isupper() else c for c in title)[1:]
        path = standard / "compiled" / f"{table}.json"
        if not path.is_file():
            path = standard / f"{table}.json"
        known = json.loads(path.read_bytes())["properties"]
        assert set(part["properties"]) <= set(known), title


def test_no_answer_holds_a_null_an_empty_text_or_an_empty_list(client):
    for path in FULL:
        for _, one in objects(contents(client, path, full=True)):
            assert all(value not in (None, "", [], {}) for value in one.values())


def test_every_id_is_one_objects_alone(client):
    """The same id twice is the same object twice, whatever tree it stands in."""
    seen = {}
    for name, one in objects(contents(client, "services", full=True)):
        kind = {"contents": "service"}.get(name, name)
        known = seen.setdefault(one["id"], (kind, one))
        assert known == (kind, one)
