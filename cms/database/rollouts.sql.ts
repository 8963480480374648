/**
 * How a release reaches the sites. The plan and its state are the only rows that change; every step, lesson, verdict and
 * finding of a dry run is added and stays.
 */
export const CREATE_ROLLOUTS = /* sql */ `
create table cluster.rollouts (
  id integer generated always as identity primary key,
  release text not null,
  state text not null check (state in ('draft', 'running', 'halted', 'completed', 'cancelled')),
  -- Counted up with every change: of two people who act on one version, one wins.
  version integer not null default 1,
  -- [{ name, sites: [slug], soakHours }]
  rings jsonb not null,
  ring integer, switched_at timestamptz,
  -- Counted up with every switch of a ring: verdicts of an earlier try say nothing about this one.
  attempt integer not null default 0,
  created_at timestamptz not null, created_by integer, created_by_name text not null
);
-- One release at a time is on its way.
create unique index one_rollout_under_way on cluster.rollouts ((true)) where state in ('running', 'halted');

-- What each site ran before the rollout took it.
create table cluster.rollout_sites (
  rollout_id integer not null references cluster.rollouts (id), site text not null, previous text not null,
  primary key (rollout_id, site)
);

create table cluster.rollout_steps (
  id bigint generated always as identity primary key,
  rollout_id integer not null references cluster.rollouts (id),
  action text not null, from_state text not null, to_state text not null, ring integer, attempt integer not null,
  lesson text, detail jsonb not null default '{}',
  person_id integer, person_name text not null, unit text not null, at timestamptz not null
);
create index rollout_steps_by_rollout on cluster.rollout_steps (rollout_id, id);

create table cluster.rollout_verdicts (
  id bigint generated always as identity primary key,
  rollout_id integer not null references cluster.rollouts (id), attempt integer not null, ring integer not null,
  site text not null, is_green boolean not null, verdicts jsonb not null, evidence jsonb not null, at timestamptz not null default clock_timestamp(),
  unique (rollout_id, attempt, site)
);

create table cluster.dry_runs (
  id integer generated always as identity primary key,
  rollout_id integer not null references cluster.rollouts (id), release text not null,
  state text not null check (state in ('running', 'done', 'cancelled')),
  sites text[] not null,
  started_at timestamptz not null, finished_at timestamptz, person_id integer, person_name text not null
);
create index dry_runs_by_rollout on cluster.dry_runs (rollout_id, id desc);

create table cluster.dry_run_sites (
  dry_run_id integer not null references cluster.dry_runs (id), site text not null,
  is_green boolean not null, verdicts jsonb not null, evidence jsonb not null, at timestamptz not null default clock_timestamp(),
  primary key (dry_run_id, site)
);

create trigger append_only before update or delete on cluster.rollout_steps for each row execute function cluster.refuse_change();
create trigger append_only before update or delete on cluster.rollout_verdicts for each row execute function cluster.refuse_change();
create trigger append_only before update or delete on cluster.dry_run_sites for each row execute function cluster.refuse_change();
create trigger kept before delete on cluster.rollouts for each row execute function cluster.refuse_change();
create trigger kept before delete on cluster.dry_runs for each row execute function cluster.refuse_change();
create trigger no_truncate before truncate on cluster.rollout_steps execute function cluster.refuse_change();
create trigger no_truncate before truncate on cluster.rollout_verdicts execute function cluster.refuse_change();
create trigger no_truncate before truncate on cluster.dry_run_sites execute function cluster.refuse_change();
create trigger no_truncate before truncate on cluster.rollouts execute function cluster.refuse_change();
`
