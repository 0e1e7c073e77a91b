-- The log, and the rows that stand for the end of each run's history.

-- Every event of every stream, in one gap-free order. `data` is json, not jsonb: the bytes stay as written.
create table events (
  position    bigint      primary key,
  stream      uuid        not null,
  kind        text        not null,
  seq         integer     not null check (seq > 0),
  topic       text        not null,
  version     smallint    not null,
  at          timestamptz not null,
  actor       text        not null,
  data        json,
  salt        bytea,
  data_digest bytea       not null,
  hash        bytea       not null,
  erased_by   bigint,
  unique (stream, seq)
);

create function refuse_to_change_the_log() returns trigger language plpgsql as $$
begin
  -- The one change there is: an erasure takes payload and salt away and leaves everything that is hashed.
  if tg_op = 'UPDATE' and new.data is null and new.salt is null and new.erased_by is not null
     and old.erased_by is null
     and (new.position, new.stream, new.kind, new.seq, new.topic, new.version, new.at, new.actor,
          new.data_digest, new.hash)
       = (old.position, old.stream, old.kind, old.seq, old.topic, old.version, old.at, old.actor,
          old.data_digest, old.hash)
  then
    return new;
  end if;
  raise exception 'the log is append-only: % refused', tg_op using errcode = 'insufficient_privilege';
end $$;

create trigger append_only before update or delete on events
  for each row execute function refuse_to_change_the_log();
create trigger never_emptied before truncate on events
  for each statement execute function refuse_to_change_the_log();
-- ALWAYS: also in a session with session_replication_role = replica.
alter table events enable always trigger append_only;
alter table events enable always trigger never_emptied;

-- The head of each run: compare-and-set on `seq` arbitrates between writers. `about` never changes after the start;
-- `summary` and `state` stay small, because every append writes them again. Indexed columns change only at start,
-- claim and end, so that reports stay heap-only updates; the fillfactor leaves them room.
create table runs (
  id                 uuid        primary key,
  seq                integer     not null,
  hash               bytea       not null,
  owner              uuid        not null,
  project            uuid        not null,
  phase              text        not null,
  status             text        not null,
  driver             text,
  due_at             timestamptz,
  started_at         timestamptz not null,
  finished_at        timestamptz,
  about              json        not null,
  summary            json        not null,
  state              json        not null,
  projection_version smallint    not null
) with (fillfactor = 50);

create index runs_by_owner on runs (owner, started_at desc, id desc);
create index runs_by_project on runs (project, started_at desc, id desc);
create index runs_due on runs (started_at) where phase in ('queued', 'waiting');
create index runs_driven on runs (driver) where driver is not null;

-- A row for each step that has an outcome. Accessibility trees stay in the log.
create table steps (
  run   uuid    not null,
  index integer not null,
  data  json    not null,
  primary key (run, index)
);

-- What a run shall type, encrypted; gone when the run has ended.
create table run_inputs (
  run    uuid  primary key,
  inputs bytea not null
);
