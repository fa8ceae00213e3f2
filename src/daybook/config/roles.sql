-- The roles Daybook runs with, and what each may do in the current database.
-- An administrator runs this once, connected to Daybook's database; running it again
-- changes nothing. It sets no password: `daybook db prepare` does, or `\password` in psql.
--
--   daybook_owner   owns the database and its tables, and migrates them
--   daybook_app     what web and worker sign in as; bound by row-level security
--   daybook_wide    taken on, by SET ROLE, for work across a whole service
--   daybook_author  taken on, by SET ROLE, to read back one's own words
--   daybook_eraser  owns one function, which erases what two people have approved
--
-- The app role is a member of wide and author without inheriting from them: a policy written
-- for them does nothing until the app says that it acts as one. Of the eraser it is no member:
-- nobody signs in as it or acts as it, but for the owner, who makes its function.

DO $$
DECLARE
  without_inheritance constant text :=
    CASE WHEN current_setting('server_version_num')::int >= 160000
    THEN ' WITH INHERIT FALSE, SET TRUE' ELSE '' END;  -- on 15 it is the member's NOINHERIT
BEGIN
  IF to_regrole('daybook_owner') IS NULL THEN CREATE ROLE daybook_owner LOGIN; END IF;
  IF to_regrole('daybook_app') IS NULL THEN CREATE ROLE daybook_app LOGIN NOINHERIT; END IF;
  IF to_regrole('daybook_wide') IS NULL THEN CREATE ROLE daybook_wide NOLOGIN; END IF;
  IF to_regrole('daybook_author') IS NULL THEN CREATE ROLE daybook_author NOLOGIN; END IF;
  IF to_regrole('daybook_eraser') IS NULL THEN CREATE ROLE daybook_eraser NOLOGIN; END IF;

  EXECUTE 'GRANT daybook_wide, daybook_author TO daybook_app' || without_inheritance;
  EXECUTE 'GRANT daybook_eraser TO daybook_owner' || without_inheritance;
  -- A filling of many rows, as the owner, draws its charts as the worker would.
  GRANT daybook_wide, daybook_author TO daybook_owner;

  -- A managed service's administrator is no superuser, and may give the database away only
  -- to a role it belongs to.
  IF NOT pg_has_role(current_user, 'daybook_owner', 'USAGE') THEN
    EXECUTE format('GRANT daybook_owner TO %I', current_user);
  END IF;

  EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
  EXECUTE format('GRANT CONNECT, TEMPORARY ON DATABASE %I TO daybook_app', current_database());
  EXECUTE format('ALTER DATABASE %I OWNER TO daybook_owner', current_database());
END
$$;

REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE, CREATE ON SCHEMA public TO daybook_owner;
GRANT USAGE ON SCHEMA public TO daybook_app, daybook_wide, daybook_author, daybook_eraser;

-- Functions that derive a viewer's reach live apart from the tables.
CREATE SCHEMA IF NOT EXISTS daybook AUTHORIZATION daybook_owner;
GRANT USAGE ON SCHEMA daybook TO daybook_app, daybook_wide, daybook_author, daybook_eraser;
