/** What an audit row says beside its deed, the chain of seals over the rows, and who is running. Run by a migration as the owner. */
export const CREATE_AUDIT_TRAIL = /* sql */ `
alter table cluster.audit
  add column person_email text, add column duty text, add column version integer, add column reason text, add column address text, add column request_id text;
create index audit_by_person on cluster.audit (person_email, id desc);
create index audit_by_site on cluster.audit (site, id desc);
create index audit_by_deed on cluster.audit (deed, id desc);
create index audit_by_document on cluster.audit (collection, document_id, id desc);

-- A seal chains a row to the one sealed before it. Rows are committed unsealed, so that no writer waits for another.
create table cluster.audit_seals (
  seq bigint primary key, row_id bigint not null unique, previous_hash text not null, hash text not null,
  sealed_at timestamptz not null default clock_timestamp()
);

-- Which rows still want a seal: to look for them among all rows would take longer each day. Whoever empties this table hides nothing,
-- because a check of the chain finds rows without a seal.
create table cluster.audit_unsealed (row_id bigint primary key);
create function cluster.queue_for_seal() returns trigger language plpgsql as $$
begin
  insert into cluster.audit_unsealed values (new.id);
  return null;
end $$;
create trigger queue_for_seal after insert on cluster.audit for each row execute function cluster.queue_for_seal();
insert into cluster.audit_unsealed select id from cluster.audit;

-- Where the chain goes on after older rows were moved out into a file.
create table cluster.audit_checkpoints (
  id bigint generated always as identity primary key,
  seq bigint not null, hash text not null, moved_rows bigint not null, moved_before timestamptz not null,
  file_name text not null, file_digest text not null, at timestamptz not null default clock_timestamp()
);

-- Each check of the chain, with the first fault that it found.
create table cluster.audit_checks (
  id bigint generated always as identity primary key,
  started_at timestamptz not null, finished_at timestamptz not null default clock_timestamp(),
  sealed_rows bigint not null, head_seq bigint not null, head_hash text not null, fault jsonb
);

create trigger append_only before update or delete on cluster.audit_seals for each row execute function cluster.refuse_change();
create trigger append_only before update or delete on cluster.audit_checkpoints for each row execute function cluster.refuse_change();
create trigger append_only before update or delete on cluster.audit_checks for each row execute function cluster.refuse_change();
create trigger no_truncate before truncate on cluster.audit_seals execute function cluster.refuse_change();
create trigger no_truncate before truncate on cluster.audit_checkpoints execute function cluster.refuse_change();
create trigger no_truncate before truncate on cluster.audit_checks execute function cluster.refuse_change();

-- Who runs, as each process says now and then.
create table cluster.processes (
  id text primary key, kind text not null, host text not null, started_at timestamptz not null, seen_at timestamptz not null default now(),
  facts jsonb not null default '{}'
);
`
