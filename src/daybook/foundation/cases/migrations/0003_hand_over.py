"""A lead may hand a case over; what it is about never changes, and a closed one stays closed."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("cases", "0002_walls")]
    operations = [
        migrations.RunSQL(
            # leads() answers as of the start of the statement: whoever led then may name another.
            "alter policy changed_within_reach on cases_case"
            " with check (id = any((select daybook.leads())::uuid[]))",
            reverse_sql="alter policy changed_within_reach on cases_case"
            " with check (lead_id = (select daybook.viewer()))",
        ),
        migrations.RunSQL(
            """
            create function daybook.keep_case() returns trigger language plpgsql as $$
            begin
                if tg_op = 'DELETE' or old.closed_at is not null
                   or (new.id, new.person_id, new.legal_basis, new.opened_for, new.opened_at)
                      is distinct from
                      (old.id, old.person_id, old.legal_basis, old.opened_for, old.opened_at)
                then
                    raise exception 'A case is renewed, handed over or closed, never rewritten.'
                        using errcode = 'insufficient_privilege';
                end if;
                return new;
            end $$;
            create trigger cases_case_stays before update or delete on cases_case
                for each row execute function daybook.keep_case();

            create function daybook.keep_team_member() returns trigger language plpgsql as $$
            begin
                if tg_op = 'DELETE' or old.until is not null
                   or (new.id, new.case_id, new.staff_id, new.part, new.since)
                      is distinct from (old.id, old.case_id, old.staff_id, old.part, old.since)
                then
                    raise exception 'Time on a team ends, and is never rewritten.'
                        using errcode = 'insufficient_privilege';
                end if;
                return new;
            end $$;
            create trigger cases_teammember_stays before update or delete on cases_teammember
                for each row execute function daybook.keep_team_member();
            """,
            reverse_sql="""
            drop trigger cases_case_stays on cases_case;
            drop function daybook.keep_case();
            drop trigger cases_teammember_stays on cases_teammember;
            drop function daybook.keep_team_member();
            """,
        ),
    ]
