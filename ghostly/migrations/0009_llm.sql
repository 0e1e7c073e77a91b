-- Which language model thinks for a user. The key is encrypted, and bound to where it may be sent.

create table llm_settings (
  owner      uuid        primary key references users on delete cascade,
  provider   text        not null,
  model      text        not null,
  base_url   text,
  api_key    bytea,
  key_hint   text,
  updated_at timestamptz not null default now()
);
