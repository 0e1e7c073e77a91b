-- What `$secret:NAME` means to a user's runs, encrypted: the key is not in the database.

create table secrets (
  owner      uuid        not null references users on delete cascade,
  name       text        not null,
  value      bytea       not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (owner, name)
);

create index api_keys_by_owner on api_keys (owner, created_at, id);
