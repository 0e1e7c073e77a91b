-- Who drives, and whether it lives: each worker holds the session advisory lock `lock_key` and counts `beat` up.

create table workers (
  id         text        primary key,
  lock_key   bigint      not null,
  beat       bigint      not null default 0,
  seen_at    timestamptz not null default now(),
  started_at timestamptz not null default now()
);
