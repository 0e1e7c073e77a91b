-- Which workers may take a run: those that have every label of it. A column of its own, so that whoever looks for
-- the next run need not read all that is said about each that waits.
alter table runs add column labels jsonb generated always as ((about ->> 'labels')::jsonb) stored;
