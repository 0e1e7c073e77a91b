-- Who may do what. Passwords and keys are stored as hashes only.

create table users (
  id            uuid        primary key,
  email         text        not null,
  password_hash text        not null,
  role          text        not null check (role in ('admin', 'member')),
  created_at    timestamptz not null default now()
);
create unique index users_by_email on users (lower(email));

create table api_keys (
  id         uuid        primary key,
  owner      uuid        not null references users on delete cascade,
  label      text        not null,
  sha256     bytea       not null unique,
  hint       text        not null,
  scopes     text[]      not null,
  created_at timestamptz not null default now()
);

create table projects (
  id         uuid        primary key,
  owner      uuid        not null references users on delete cascade,
  slug       text        not null,
  label      text        not null,
  color      text        not null default '#6366f1',
  created_at timestamptz not null default now(),
  unique (owner, slug)
);
