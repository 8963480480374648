/** What was backed up and restored, and how it ended: read by the operator's page, and by whoever inspects the cluster. */
export const CREATE_BACKUPS = /* sql */ `
create table cluster.backups (
  id bigint generated always as identity primary key,
  started_at timestamptz not null, finished_at timestamptz not null,
  kind text not null check (kind in ('backup', 'restore')),
  file_name text not null,
  bytes bigint, documents integer,
  -- SHA-256 of the file, to compare a copy with.
  digest text,
  -- incomplete: files that rows name were not there; the rest is whole.
  result text not null check (result in ('complete', 'incomplete', 'failed'))
);
create index backups_by_time on cluster.backups (finished_at desc);
create trigger append_only before update or delete on cluster.backups for each row execute function cluster.refuse_change();
create trigger no_truncate before truncate on cluster.backups execute function cluster.refuse_change();
`
