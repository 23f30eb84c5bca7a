"""The standard's own schemas, read as strictly as they can be."""

import json

import jsonschema_rs
import pytest

from directory import ROOT
from directory.hsds.dataset import dataset_of, trees


def closed(schema):
    """The same schema, in which every object has the properties named and no other."""
    if isinstance(schema, list):
        return [closed(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    changed = {name: closed(part) for name, part in schema.items()}
    if isinstance(changed.get("properties"), dict) and changed.get("type") == "object":
        changed["additionalProperties"] = False
    return changed


@pytest.fixture(scope="session")
def standard():
    """The folder of HSDS 3.2.3's files. They are not ours, so they are not here."""
    for above in ROOT.parents:
        if (above / "shared" / "hsds" / "schema").is_dir():
            return above / "shared" / "hsds" / "schema"
    pytest.skip("the standard's schemas are not beside the project")


@pytest.fixture(scope="session")
def official(standard):
    """A function that gives the closed validator of one of the standard's schemas."""
    made = {}

    def validator(name):
        if name not in made:
            schema = json.loads((standard / name).read_bytes())
            if "compiled" not in name:
                schema = _whole(schema, standard)
            made[name] = jsonschema_rs.Draft202012Validator(
                closed(schema), validate_formats=True
            )
        return made[name]

    return validator


def _whole(schema, folder):
    """A schema with what it refers to put into it; metadata of metadata is nothing."""
    if isinstance(schema, list):
        return [_whole(part, folder) for part in schema]
    if not isinstance(schema, dict):
        return schema
    if set(schema) & {"$ref"}:
        return _whole(json.loads((folder / schema["$ref"]).read_bytes()), folder)
    return {name: _whole(part, folder) for name, part in schema.items()}


@pytest.fixture(scope="session")
def services(release):
    """Every service as a Struct."""
    return list(trees(release))


@pytest.fixture(scope="session")
def data(release):
    return dataset_of(release)


@pytest.fixture(scope="session")
def data_of(engine_of):
    """A function that makes the dataset of a few records."""

    def made(*few):
        return dataset_of(engine_of(*few).release)

    return made
