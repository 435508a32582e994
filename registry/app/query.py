"""Answering SQL over the public views."""

import os
import re
from collections.abc import Mapping

from registry.app.home import Home
from registry.queries.lookup import not_found
from registry.queries.named import NAMED
from registry.queries.sandbox import QueryResult, run_query
from registry.queries.sandbox_rules import Limits
from registry.queries.views import VIEWS

QUERY_DATABASE = "REGISTRY_QUERY_DATABASE"
NAME = re.compile(r"[A-Za-z][\w-]*")
CATALOGUE_COLUMNS = ("kind", "name", "parameters", "meaning")


def query(home: Home, sql: str, parameters: Mapping[str, str], *, rows: int, seconds: float) -> QueryResult:
    """The answer to SQL, or to the named query of that name; what it may read and how long is contained."""
    home.require()
    named = NAMED.get(sql)
    if named is None and NAME.fullmatch(sql):
        raise not_found("query", sql, NAMED, listing="registry query --list")
    return run_query(
        home.database_url,
        named.sql if named else sql,
        query_database_url=os.environ.get(QUERY_DATABASE),
        parameters=parameters,
        limits=Limits(rows=rows, seconds=seconds),
    )


def catalogue() -> list[tuple[str, str, str, str]]:
    """The named queries and the views, as rows of `CATALOGUE_COLUMNS`."""
    named = [("query", name, ", ".join(query.parameters), query.meaning) for name, query in NAMED.items()]
    return named + [("view", view.name, "", view.meaning) for view in VIEWS]
