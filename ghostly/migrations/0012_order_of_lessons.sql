-- Which of two runs ended last is told by the rows themselves: `position` is that of the run's ending in the log. Who
-- waited for a row finds it as it is by now, but the log as it was before. A node of an older version gives none.

alter table memories add column position bigint not null default 0;
update memories m
   set position = coalesce((select position from events where stream = m.run order by seq desc limit 1), 0);

alter table fingerprints add column position bigint not null default 0;
update fingerprints f
   set position = coalesce((select position from events where stream = f.run order by seq desc limit 1), 0);
