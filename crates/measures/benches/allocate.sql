-- What `allocate.rs` asks, asked of PostgreSQL, of a hundredth of the lines: 100,000 lines to 7,000 wards, 60 % to one
-- ward, 30 % over the 200 LSOAs of a district by largest remainder, 10 % unplaced.
--
--   psql -f crates/measures/benches/allocate.sql
--
-- Whole pence only, remainders compared exactly, ties settled by the LSOA's number: the same rule as `shares`.

\timing off
set max_parallel_workers_per_gather = 2;
set work_mem = '512MB';
set jit = off;
select setseed(0.5) \g /dev/null

create temp table lsoa as
    select n as lsoa, n / 5 as ward, n / 200 as district, (1000 + random() * 2000)::bigint as people
    from generate_series(0, 34999) n;
create temp table line as
    select n as line, kind,
           case when kind < 6 then floor(random() * 7000)::int end as ward,
           case when kind between 6 and 8 then floor(random() * 175)::int end as district,
           (case when random() < 0.02 then -1 else 1 end * (random() * 10 ^ (4 + floor(random() * 4)))::bigint) as pence
    from (select n, floor(random() * 10)::int as kind from generate_series(1, 100000) n) n;
create index on lsoa (district);
analyze lsoa;
analyze line;

\timing on
create temp table totals as
with total as (
    select district, sum(people)::bigint as people from lsoa group by district
), share as (
    select l.line, l.pence, a.ward, a.lsoa,
           abs(l.pence) * a.people / t.people as whole,
           abs(l.pence) * a.people % t.people as remainder
    from line l
    join lsoa a using (district)
    join total t using (district)
), ranked as (
    select *, abs(pence) - sum(whole) over (partition by line) as pence_left,
           row_number() over (partition by line order by remainder desc, lsoa) as place
    from share
), spread as (
    select ward, sum(sign(pence)::bigint * (whole + case when place <= pence_left then 1 else 0 end)) as pence
    from ranked
    group by ward
), direct as (
    select ward, sum(pence) as pence from line where ward is not null group by ward
)
select ward, coalesce(spread.pence, 0) + coalesce(direct.pence, 0) as pence
from spread full join direct using (ward);
\timing off

select case when placed = asked then 'right to the penny' else 'wrong' end as checked
from (select sum(pence) as placed from totals) p,
     (select sum(pence) as asked from line where ward is not null or district is not null) a;
