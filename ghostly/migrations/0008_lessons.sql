-- What assisted runs have taught. Both are projections of the log: emptied and folded anew, they come out the same.

-- The steps of the last success for a goal that was confirmed twice.
create table memories (
  owner    uuid not null,
  project  uuid not null,
  base_url text not null,
  goal     text not null,
  run      uuid not null,
  lesson   json not null,
  primary key (owner, project, base_url, goal)
);

-- How the element of a selector looked when a step with it last worked.
create table fingerprints (
  owner    uuid not null,
  project  uuid not null,
  base_url text not null,
  selector text not null,
  run      uuid not null,
  control  json not null,
  primary key (owner, project, base_url, selector)
);
