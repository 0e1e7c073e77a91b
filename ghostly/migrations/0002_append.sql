-- One call appends to many streams at once, all in one transaction. A stream that is no longer where its writer
-- thought it is (`h_expected`) is left out, and only that one; the caller learns which were taken.

create function append_events(
  -- one element a stream: where it must be, and how its head reads afterwards
  h_stream uuid[], h_kind text[], h_expected integer[], h_seq integer[], h_hash bytea[],
  h_phase text[], h_status text[], h_driver text[], h_due_at timestamptz[], h_finished_at timestamptz[],
  h_summary text[], h_state text[], h_version smallint[],
  -- runs that begin: [{id, owner, project, started_at, about, inputs (base64)}], or null
  started json,
  -- one element a step that has an outcome now
  s_run uuid[], s_index integer[], s_data text[],
  -- one element an event
  e_stream uuid[], e_kind text[], e_seq integer[], e_topic text[], e_version smallint[], e_at timestamptz[],
  e_actor text[], e_data text[], e_salt bytea[], e_digest bytea[], e_hash bytea[],
  -- what came of it
  out last_position bigint, out taken uuid[]
) language plpgsql volatile as $$
declare
  ignored text;  -- an assignment is evaluated without the executor, which halves what it costs to call a function
begin
  -- Held until the commit is visible: positions appear in order, so a reader with a cursor never misses one. It is
  -- a statement of its own, because the next one's snapshot must be younger than the lock.
  ignored := pg_advisory_xact_lock(7310868735423148)::text;

  -- 1. Which streams are where their writers think they are? Their heads move.
  with moved as (
    update runs r
       set seq = h.seq, hash = h.hash, phase = h.phase, status = h.status, driver = h.driver, due_at = h.due_at,
           finished_at = h.finished_at, summary = h.summary::json, state = h.state::json,
           projection_version = h.version
      from unnest(h_stream, h_expected, h_seq, h_hash, h_phase, h_status, h_driver, h_due_at, h_finished_at,
                  h_summary, h_state, h_version)
        as h (stream, expected, seq, hash, phase, status, driver, due_at, finished_at, summary, state, version)
     where r.id = h.stream and r.seq = h.expected and r.projection_version <= h.version
    returning r.id
  )
  select coalesce(array_agg(id), '{}') into taken from moved;

  if started is not null then
    with begun as (
      insert into runs (id, seq, hash, owner, project, phase, status, driver, due_at, started_at, finished_at,
                        about, summary, state, projection_version)
      select n.id, h.seq, h.hash, n.owner, n.project, h.phase, h.status, h.driver, h.due_at, n.started_at,
             h.finished_at, n.about, h.summary::json, h.state::json, h.version
        from json_to_recordset(started) as n (id uuid, owner uuid, project uuid, started_at timestamptz, about json)
        join unnest(h_stream, h_seq, h_hash, h_phase, h_status, h_driver, h_due_at, h_finished_at, h_summary,
                    h_state, h_version)
          as h (stream, seq, hash, phase, status, driver, due_at, finished_at, summary, state, version)
          on h.stream = n.id
      on conflict (id) do nothing
      returning id
    )
    select taken || coalesce(array_agg(id), '{}') into taken from begun;
    insert into run_inputs (run, inputs)
    select n.id, decode(n.inputs, 'base64') from json_to_recordset(started) as n (id uuid, inputs text)
     where n.inputs is not null and n.id = any (taken);
  end if;

  if 'run' <> any (h_kind) then  -- streams without a head row: the log itself says where they are
    select taken || coalesce(array_agg(h.stream), '{}') into taken
      from unnest(h_stream, h_kind, h_expected) as h (stream, kind, expected)
     where h.kind <> 'run'
       and h.expected = coalesce((select max(e.seq) from events e where e.stream = h.stream), 0);
  end if;

  -- 2. What belongs to the others is left out.
  if cardinality(taken) < cardinality(h_stream) then
    select array_agg(s.run), array_agg(s.index), array_agg(s.data) into s_run, s_index, s_data
      from unnest(s_run, s_index, s_data) as s (run, index, data) where s.run = any (taken);
    select array_agg(e.stream order by n), array_agg(e.kind order by n), array_agg(e.seq order by n),
           array_agg(e.topic order by n), array_agg(e.version order by n), array_agg(e.at order by n),
           array_agg(e.actor order by n), array_agg(e.data order by n), array_agg(e.salt order by n),
           array_agg(e.digest order by n), array_agg(e.hash order by n)
      into e_stream, e_kind, e_seq, e_topic, e_version, e_at, e_actor, e_data, e_salt, e_digest, e_hash
      from unnest(e_stream, e_kind, e_seq, e_topic, e_version, e_at, e_actor, e_data, e_salt, e_digest, e_hash)
           with ordinality
        as e (stream, kind, seq, topic, version, at, actor, data, salt, digest, hash, n)
     where e.stream = any (taken);
  end if;

  -- 3. The events, at the next positions.
  select coalesce(max(position), 0) into last_position from events;
  if cardinality(taken) = 0 then
    return;
  end if;
  insert into events (position, stream, kind, seq, topic, version, at, actor, data, salt, data_digest, hash)
  select last_position + e.n, e.stream, e.kind, e.seq, e.topic, e.version, e.at, e.actor, e.data::json, e.salt,
         e.digest, e.hash
    from unnest(e_stream, e_kind, e_seq, e_topic, e_version, e_at, e_actor, e_data, e_salt, e_digest, e_hash)
         with ordinality
      as e (stream, kind, seq, topic, version, at, actor, data, salt, digest, hash, n);
  last_position := last_position + cardinality(e_stream);

  -- 4. What goes with them.
  if cardinality(s_run) > 0 then
    insert into steps (run, index, data)
    select s.run, s.index, s.data::json from unnest(s_run, s_index, s_data) as s (run, index, data)
    on conflict (run, index) do update set data = excluded.data;
  end if;
  if 'finished' = any (h_phase) then
    delete from run_inputs
     where run in (select h.stream from unnest(h_stream, h_phase) as h (stream, phase)
                    where h.phase = 'finished' and h.stream = any (taken));
  end if;

  ignored := pg_notify('ghostly', last_position::text)::text;
  if 'queued' = any (h_phase) then
    ignored := pg_notify('ghostly_queued', '')::text;
  end if;
end $$;
