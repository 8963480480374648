/** How pilots look before and after, as a dry run's evidence; the pictures themselves are files below the data folder. */
export const CREATE_ROLLOUT_PICTURES = /* sql */ `
create table cluster.rollout_pictures (
  id integer generated always as identity primary key,
  dry_run_id integer not null references cluster.dry_runs (id), site text not null, kind text not null, width integer not null,
  before_file text not null, after_file text not null,
  -- What the browser's accessibility run found on the page as it would be, contrast and targets included.
  accessibility jsonb not null, at timestamptz not null default clock_timestamp(),
  unique (dry_run_id, site, kind, width)
);
create trigger append_only before update or delete on cluster.rollout_pictures for each row execute function cluster.refuse_change();
create trigger no_truncate before truncate on cluster.rollout_pictures execute function cluster.refuse_change();
`
