"""Checks that the role of a query can read the public views and do nothing else."""

from collections.abc import Iterable

import psycopg

from registry.queries.sandbox_rules import PUBLIC_VIEWS, ContainedError

_ROLE = """
    SELECT rolname, rolsuper, rolcreaterole, rolcreatedb, rolreplication, rolbypassrls
    FROM pg_catalog.pg_roles WHERE rolname = session_user"""

_GROUPS = """
    SELECT pg_catalog.quote_ident(g.rolname) FROM pg_catalog.pg_auth_members m
    JOIN pg_catalog.pg_roles g ON g.oid = m.roleid
    JOIN pg_catalog.pg_roles u ON u.oid = m.member
    WHERE u.rolname = session_user ORDER BY 1"""

# What belongs to an extension is left out: extensions grant what anyone may read.
_RELATIONS = """
    SELECT c.oid::pg_catalog.regclass::text, pg_catalog.pg_get_userbyid(c.relowner) = session_user
    FROM pg_catalog.pg_class c
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')
      AND n.nspname NOT LIKE 'pg\\_temp%%'
      AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend d
                      WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = c.oid
                        AND d.deptype = 'e')
      AND (pg_catalog.pg_get_userbyid(c.relowner) = session_user
           OR (c.relkind IN ('r', 'p', 'v', 'm', 'f') AND (
               pg_catalog.has_table_privilege(c.oid, 'INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER')
               OR pg_catalog.has_any_column_privilege(c.oid, 'INSERT, UPDATE, REFERENCES')
               OR (NOT (c.relkind = 'v' AND c.relname::text = ANY (%s::text[]))
                   AND pg_catalog.has_any_column_privilege(c.oid, 'SELECT'))))
           OR (c.relkind = 'S' AND pg_catalog.has_sequence_privilege(c.oid, 'USAGE, SELECT, UPDATE')))
    ORDER BY 1"""

_SCHEMAS = """
    SELECT pg_catalog.quote_ident(nspname) FROM pg_catalog.pg_namespace
    WHERE nspname NOT LIKE 'pg\\_%' AND pg_catalog.has_schema_privilege(oid, 'CREATE') ORDER BY 1"""

_DATABASE = """
    SELECT pg_catalog.quote_ident(pg_catalog.current_database())
    WHERE pg_catalog.has_database_privilege(pg_catalog.current_database(), 'CREATE')"""

# Functions that act with their owner's rights, and those that reach the server's files.
_FUNCTIONS = """
    SELECT p.oid::pg_catalog.regprocedure::text FROM pg_catalog.pg_proc p
    JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
    WHERE pg_catalog.has_schema_privilege(n.oid, 'USAGE')
      AND pg_catalog.has_function_privilege(p.oid, 'EXECUTE')
      AND ((p.prosecdef AND n.nspname NOT IN ('pg_catalog', 'information_schema'))
           OR (n.nspname = 'pg_catalog' AND p.proname IN (
               'pg_read_file', 'pg_read_binary_file', 'pg_stat_file', 'pg_ls_dir', 'lo_import', 'lo_export')))
    ORDER BY 1"""

_RIGHTS = (
    (_GROUPS, "it is a member of {}", "REVOKE {} FROM {role}"),
    (_SCHEMAS, "it may create in schema {}", "REVOKE CREATE ON SCHEMA {} FROM {role}, PUBLIC"),
    (_DATABASE, "it may create schemas in {}", "REVOKE CREATE ON DATABASE {} FROM {role}, PUBLIC"),
    (_FUNCTIONS, "it may call {}", "REVOKE EXECUTE ON FUNCTION {} FROM {role}, PUBLIC"),
)
_SHOWN = 5


def check_role(connection: psycopg.Connection) -> None:
    """Raise `ContainedError` unless the role may read the public views alone; it names what to revoke."""
    role, *attributes = connection.execute(_ROLE).fetchone() or ("",)
    name = '"' + str(role).replace('"', '""') + '"'
    findings = _attributes(name, attributes)
    for statement, finding, remedy in _RIGHTS:
        findings += [
            (finding.format(thing), remedy.format(thing, role=name))
            for thing in _names(connection, statement)
        ]
    findings += _relations(connection, name)  # last: a group's rights on them go with the group
    if findings:
        raise ContainedError(
            "refused",
            f"the role {name} of the query database can do more than read the public views: "
            f"{_list('; ', (finding for finding, _ in findings))}",
            f"as the owner run: {_list('; ', (remedy for _, remedy in findings))}",
        )


def _attributes(name: str, values: Iterable[bool]) -> list[tuple[str, str]]:
    words = ("SUPERUSER", "CREATEROLE", "CREATEDB", "REPLICATION", "BYPASSRLS")
    return [
        (f"it is {word}", f"ALTER ROLE {name} NO{word}")
        for word, has in zip(words, values, strict=True)
        if has
    ]


def _relations(connection: psycopg.Connection, name: str) -> list[tuple[str, str]]:
    rows = connection.execute(_RELATIONS, [list(PUBLIC_VIEWS)]).fetchall()
    return [
        (f"it owns {relation}", f"ALTER TABLE {relation} OWNER TO CURRENT_USER")
        if owned
        else (f"it has rights on {relation}", f"REVOKE ALL ON {relation} FROM {name}, PUBLIC")
        for relation, owned in rows
    ]


def _names(connection: psycopg.Connection, statement: str) -> list[str]:
    return [str(row[0]) for row in connection.execute(statement)]


def _list(separator: str, items: Iterable[str]) -> str:
    listed = list(items)
    more = [f"and {len(listed) - _SHOWN} more"] if len(listed) > _SHOWN else []
    return separator.join([*listed[:_SHOWN], *more])
