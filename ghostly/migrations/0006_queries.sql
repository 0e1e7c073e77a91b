-- What lists, repeated starts and code hints need.

-- Two words of the summary that lists filter by. They are columns of their own, because an index over the summary,
-- which every append writes, would end heap-only updates; these two change once or twice in a run's life.
alter table runs
  add column verdict text    generated always as (summary ->> 'verdict') stored,
  add column healed  boolean generated always as (coalesce((summary ->> 'healedSteps')::integer, 0) > 0) stored;

-- One index for each way into a list, each in the list's own order: a page costs what it shows.
create index runs_by_status  on runs (owner, status, started_at desc, id desc);
create index runs_by_verdict on runs (owner, verdict, started_at desc, id desc) where verdict is not null;
create index runs_healed     on runs (owner, started_at desc, id desc) where healed;
create index runs_by_context on runs (owner, (about ->> 'contextId'), started_at desc, id desc)
  where about ->> 'contextId' is not null;
create index runs_queued_by_owner on runs (owner) where phase = 'queued';

-- A row for each tag of each run; the trigger keeps them, so that whoever writes a run need not know of them.
create table run_tags (
  owner      uuid        not null,
  tag        text        not null,
  started_at timestamptz not null,
  run        uuid        not null,
  primary key (owner, tag, started_at, run)
);
create index run_tags_by_run on run_tags (run);

create function keep_tags() returns trigger language plpgsql as $$
begin
  if tg_op <> 'INSERT' then
    delete from run_tags where run = old.id;
  end if;
  if tg_op <> 'DELETE' then
    insert into run_tags (owner, tag, started_at, run)
    select new.owner, t.tag, new.started_at, new.id from json_array_elements_text(new.about -> 'tags') as t (tag)
    on conflict do nothing;
  end if;
  return null;
end $$;

create trigger begins_with_tags after insert on runs
  for each row when (json_typeof(new.about -> 'tags') = 'array') execute function keep_tags();
create trigger changes_its_tags after update of about, owner, started_at on runs
  for each row when ((new.about::text, new.owner, new.started_at) <> (old.about::text, old.owner, old.started_at))
  execute function keep_tags();
create trigger leaves_its_tags after delete on runs
  for each row when (json_typeof(old.about -> 'tags') = 'array') execute function keep_tags();

insert into run_tags (owner, tag, started_at, run)
select r.owner, t.tag, r.started_at, r.id from runs r, json_array_elements_text(r.about -> 'tags') as t (tag)
 where json_typeof(r.about -> 'tags') = 'array'
on conflict do nothing;

-- Which run a user's Idempotency-Key stands for: taken before the run begins, so that two nodes begin the same one.
create table idempotency_keys (
  owner  uuid        not null,
  key    text        not null,
  digest bytea       not null,
  run    uuid        not null,
  at     timestamptz not null default now(),
  primary key (owner, key)
);
create index idempotency_keys_by_age on idempotency_keys (at);

-- The source code that a client sent along with a run: too large for an event, and no fact.
create table run_hints (
  run   uuid primary key,
  hints json not null
);
