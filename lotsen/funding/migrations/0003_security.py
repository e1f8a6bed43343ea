"""Money is seen by the programme's units and kept by who looks over it; the ledger is computed by the database."""

from django.db import migrations

from lotsen.core.rowsecurity import EnableHistoryRLS, EnableRLS

TAKES_PART = "programme_id = any ((select lotsen_programmes())::uuid[])"
OVERSEES = "programme_id = any ((select lotsen_overseen())::uuid[])"
OF_STAFF = f"unit_id = any ((select lotsen_units())::uuid[]) or {OVERSEES}"


def behind(table: str, key: str, condition: str) -> str:
    """Return the condition that the row behind a foreign key meets a condition."""
    return f"exists (select 1 from {table} behind where behind.id = {key} and behind.{condition})"


OF_PROGRAMME = ("ratetable", "budgetline", "contribution", "decision", "payment")
OF_OTHERS = {
    "unitcost": ("funding_ratetable", "table_id"),
    "cost": ("funding_budgetline", "line_id"),
}
OF_SAMPLE = behind("funding_payment", "payment_id", OVERSEES)
# That a month of one's own was drawn, its unit sees too.
SEES_SAMPLE = f"""{OF_SAMPLE} or exists (
  select 1 from activities_certifiedmonth m join cases_case c on c.id = m.case_id
  where m.id = certified_id and c.unit_id = any ((select lotsen_units())::uuid[]))"""

MAKE = """
-- No month is paid twice.
create function lotsen_keep_payments_apart() returns trigger language plpgsql security definer
set search_path = public, pg_temp as $$
begin
  perform 1 from programmes_programme p where p.id = new.programme_id for no key update;
  if exists (select 1 from funding_payment p
             where p.programme_id = new.programme_id and p.id <> new.id
               and p.first <= new.last and p.last >= new.first) then
    raise exception 'two payments over the same month: "payment_is_apart"' using errcode = 'check_violation',
      constraint = 'payment_is_apart';
  end if;
  return null;
end
$$;
create trigger payment_is_apart after insert or update on funding_payment
for each row execute function lotsen_keep_payments_apart();

-- The signed minutes of each participant, month and means of support, with what an hour counts for.
--
-- Where the support changes within the month, the minutes are parted by the day of each session; hours that are signed
-- in the funder's portal have no days, and follow the support that the month begins with. An amount is minutes times
-- the unit cost by sixty, half an öre up: one rounding, row by row, so that every sum is the sum of its rows.
-- Planned anew each time: what was planned over empty tables reads them row by row ever after.
-- Over all participants whose unit or programme is the acting user's, also those who are protected: money has no name.
create function lotsen_ledger_rows(of_programme uuid, first_month date, last_month date)
returns table (
  case_id uuid, unit_id uuid, month date, sex text, support text, minutes bigint, rate bigint, amount bigint)
language sql stable security definer set search_path = public, pg_temp set plan_cache_mode = force_custom_plan as $$
  with cases as materialized (
    select c.id, c.unit_id, coalesce(c.age, 0) as age, c.sex from cases_case c
    where c.programme_id = of_programme and (
      current_setting('role') = 'lotsen_job'
      or c.unit_id = any ((select lotsen_units())::uuid[])
      or c.programme_id = any ((select lotsen_overseen())::uuid[]))),
  supports as materialized (
    select s.case_id, s.support, s.since, lead(s.since) over (partition by s.case_id order by s.since) as before
    from cases_supportentry s join cases c on c.id = s.case_id),
  months as materialized (
    select m.id, m.case_id, m.month, m.minutes::bigint as minutes, m.signed_how, c.unit_id, c.age, c.sex,
      (m.month + interval '1 month - 1 day')::date as last_day
    from activities_certifiedmonth m join cases c on c.id = m.case_id
    where m.reopened_on is null and m.month between first_month and last_month),
  spans as (
    select m.*, s.support, s.since, s.before,
      count(s.since) over (partition by m.id) as supports,
      row_number() over (partition by m.id order by s.since) as place,
      coalesce(min(s.since) over (partition by m.id) <= m.month, false) as is_known
    from months m
    left join supports s on s.case_id = m.case_id and s.since <= m.last_day
      and (s.before is null or s.before > m.month)),
  parts as (
    select p.id, p.case_id, p.unit_id, p.month, p.age, p.sex, p.support, p.minutes
    from spans p where p.place = 1 and ((p.supports <= 1 and (p.is_known or p.supports = 0)) or p.signed_how = 'portal')
    union all
    select p.id, p.case_id, p.unit_id, p.month, p.age, p.sex,
      (select s.support from supports s where s.case_id = p.case_id and s.since <= e."on"
        and (s.before is null or s.before > e."on")),
      sum(a.minutes)::bigint
    from spans p
    join activities_attendance a on a.case_id = p.case_id and a.minutes > 0
    join activities_session e on e.id = a.session_id and e."on" between p.month and p.last_day
    where p.place = 1 and not ((p.supports <= 1 and (p.is_known or p.supports = 0)) or p.signed_how = 'portal')
    group by 1, 2, 3, 4, 5, 6, 7),
  tables as (
    select t.id, t.since, lead(t.since) over (order by t.since) as before
    from funding_ratetable t where t.programme_id = of_programme),
  rates as (
    select t.since, t.before, u.support, u.age_from, u.per_hour::bigint as per_hour,
      lead(u.age_from) over (partition by t.id, u.support order by u.age_from) as age_before
    from tables t join funding_unitcost u on u.table_id = t.id and u.of = 'participant')
  select p.case_id, p.unit_id, p.month, p.sex::text, coalesce(p.support, '')::text, p.minutes, r.per_hour,
    (p.minutes * r.per_hour + 30) / 60
  from parts p
  left join rates r on r.support = p.support and r.since <= p.month and (r.before is null or r.before > p.month)
    and r.age_from <= p.age and (r.age_before is null or r.age_before > p.age)
$$;

-- The same by month, unit and means of support: participants, minutes, the sum, and minutes without a unit cost.
create function lotsen_ledger(of_programme uuid, first_month date, last_month date)
returns table (
  month date, unit_id uuid, support text, participants bigint, minutes bigint, amount bigint, without_rate bigint)
language sql stable set search_path = public, pg_temp as $$
  select l.month, l.unit_id, l.support, count(distinct l.case_id), sum(l.minutes)::bigint,
    coalesce(sum(l.amount), 0)::bigint, coalesce(sum(l.minutes) filter (where l.rate is null), 0)::bigint
  from lotsen_ledger_rows(of_programme, first_month, last_month) l
  group by 1, 2, 3
$$;

-- Staff hours of each member of staff and month, and how many of them the caps of a day and of a calendar year let
-- count: over all programmes of the same employee, in the order of the days.
create function lotsen_staff_ledger(of_programme uuid, first_month date, last_month date)
returns table (
  user_id uuid, unit_id uuid, month date, function text, minutes bigint, eligible bigint, rate bigint, amount bigint)
language sql stable security definer set search_path = public, pg_temp set plan_cache_mode = force_custom_plan as $$
  with tables as (
    select t.*, lead(t.since) over (order by t.since) as before
    from funding_ratetable t where t.programme_id = of_programme),
  users as (
    select distinct s.user_id from funding_stafftime s
    where s.programme_id = of_programme and (
      current_setting('role') = 'lotsen_job'
      or s.unit_id = any ((select lotsen_units())::uuid[])
      or s.programme_id = any ((select lotsen_overseen())::uuid[]))),
  days as (
    select s.*, t.id as table_id, t.yearly_minutes, t.daily_minutes,
      sum(s.minutes) over (partition by s.user_id, s."on" order by s.programme_id, s.function
        rows between unbounded preceding and 1 preceding) as before_today
    from funding_stafftime s join users u on u.user_id = s.user_id
    left join tables t on t.since <= s."on" and (t.before is null or t.before > s."on")),
  daily as (
    select d.*, case when d.daily_minutes is null then d.minutes
      else greatest(0, least(d.minutes, d.daily_minutes - coalesce(d.before_today, 0))) end as of_day
    from days d),
  yearly as (
    select d.*, sum(d.of_day) over (partition by d.user_id, date_trunc('year', d."on")
      order by d."on", d.programme_id, d.function rows between unbounded preceding and 1 preceding) as before_year
    from daily d),
  counted as (
    select y.*, case when y.yearly_minutes is null then y.of_day
      else greatest(0, least(y.of_day, y.yearly_minutes - coalesce(y.before_year, 0))) end as counts
    from yearly y
    where y.programme_id = of_programme and date_trunc('month', y."on")::date between first_month and last_month)
  select c.user_id, c.unit_id, date_trunc('month', c."on")::date, c.function::text, sum(c.minutes)::bigint,
    sum(c.counts)::bigint, u.per_hour::bigint, (sum(c.counts)::bigint * u.per_hour + 30) / 60
  from counted c
  left join funding_unitcost u on u.table_id = c.table_id and u.of = 'staff' and u.function = c.function
  group by c.user_id, c.unit_id, date_trunc('month', c."on")::date, c.function, u.per_hour
$$;
"""
TAKE = """
drop function lotsen_staff_ledger(uuid, date, date);
drop function lotsen_ledger(uuid, date, date);
drop function lotsen_ledger_rows(uuid, date, date);
drop trigger payment_is_apart on funding_payment;
drop function lotsen_keep_payments_apart();
"""


class Migration(migrations.Migration):
    """Close and open the tables; make the functions."""

    dependencies = [("funding", "0002_rest_tables"), ("programmes", "0002_own_programmes")]
    operations = [
        *(EnableRLS(f"funding_{name}", TAKES_PART, OVERSEES) for name in OF_PROGRAMME),
        *(EnableHistoryRLS(f"funding_{name}event", TAKES_PART) for name in OF_PROGRAMME),
        *(
            EnableRLS(f"funding_{name}", behind(table, key, TAKES_PART), behind(table, key, OVERSEES))
            for name, (table, key) in OF_OTHERS.items()
        ),
        # Unit costs have no history: a table of them is loaded whole, and never changed.
        EnableHistoryRLS("funding_costevent", behind("funding_budgetline", "line_id", TAKES_PART)),
        EnableRLS("funding_stafftime", OF_STAFF),
        EnableHistoryRLS("funding_stafftimeevent", OF_STAFF),
        EnableRLS("funding_sampleitem", SEES_SAMPLE, OF_SAMPLE),
        EnableHistoryRLS("funding_sampleitemevent", SEES_SAMPLE),
        migrations.RunSQL(MAKE, TAKE),
    ]
