-- What people say of heals: how a heal is found, and what was said of a selector.

-- A heal is found by its id as soon as its run tells of it, on every node. Other appends only look at the topic.
create index heals_by_id on events ((data ->> 'healId')) where topic = 'healing-attempted';

-- What was said, in the order in which it was said: for a rebuild.
create index annotations_by_position on events (position) where kind = 'annotations';

-- What counts for a selector that was lost: the one that a person approved in its place, and those rejected. A
-- projection of the log: emptied and folded anew, it comes out the same. `key` is the SHA-256 of base URL and
-- selector, because an index takes no text as long as these may be.
create table heal_reviews (
  owner    uuid   not null,
  project  uuid   not null,
  key      bytea  not null,
  base_url text   not null,
  lost     text   not null,
  approved text,
  rejected text[] not null,
  primary key (owner, project, key)
);
