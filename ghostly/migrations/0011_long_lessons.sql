-- Lessons are found by a digest, as reviews are, because an index takes no text as long as goals, selectors and URLs may
-- be. What was learned before stays: `key` is the SHA-256 of the digests of base URL and goal, or base URL and selector.

alter table memories add column key bytea;
update memories
   set key = sha256(sha256(convert_to(base_url, 'UTF8')) || sha256(convert_to(goal, 'UTF8')));
alter table memories
  drop constraint memories_pkey,
  alter column key set not null,
  add primary key (owner, project, key);

alter table fingerprints add column key bytea;
update fingerprints
   set key = sha256(sha256(convert_to(base_url, 'UTF8')) || sha256(convert_to(selector, 'UTF8')));
alter table fingerprints
  drop constraint fingerprints_pkey,
  alter column key set not null,
  add primary key (owner, project, key);
