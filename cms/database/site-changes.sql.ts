/**
 * Sites that are opened, merged and closed. How a site stands and the state of a procedure are the only rows that change; every step is
 * added and stays.
 */
export const CREATE_SITE_CHANGES = /* sql */ `
-- Of a site that is not simply open: what the public is told (null: nothing yet), and whether its texts rest.
create table cluster.site_standings (
  site_id integer primary key, standing jsonb, is_frozen boolean not null default false,
  -- The sentence that an editor reads.
  reason text not null default ''
);

create table cluster.site_changes (
  id integer generated always as identity primary key,
  kind text not null check (kind in ('open', 'merge', 'close')),
  -- Slug of the site that is opened, that ends in another, or that closes.
  site text not null,
  -- The site that takes over.
  target text,
  facts jsonb not null default '{}',
  state text not null check (state in ('active', 'moving', 'returning', 'done', 'cancelled')),
  done integer not null default 0,
  -- Counted up with every change: of two people who act on one version, one wins.
  version integer not null default 1,
  moved integer not null default 0, total integer not null default 0,
  created_at timestamptz not null, created_by integer, created_by_name text not null
);
create unique index one_change_of_a_site on cluster.site_changes (site) where state not in ('done', 'cancelled');

create table cluster.site_change_steps (
  id bigint generated always as identity primary key,
  change_id integer not null references cluster.site_changes (id),
  action text not null, step text, detail jsonb not null default '{}',
  person_id integer, person_name text not null, unit text not null, at timestamptz not null
);
create index site_change_steps_by_change on cluster.site_change_steps (change_id, id);

-- What was moved and how it stood before: taking a step back puts exactly this back.
create table cluster.site_change_moves (
  change_id integer not null references cluster.site_changes (id), kind text not null, id text not null, before jsonb not null,
  primary key (change_id, kind, id)
);
create index site_change_moves_by_row on cluster.site_change_moves (kind, id);

create trigger append_only before update or delete on cluster.site_change_steps for each row execute function cluster.refuse_change();
create trigger no_truncate before truncate on cluster.site_change_steps execute function cluster.refuse_change();
create trigger kept before delete on cluster.site_changes for each row execute function cluster.refuse_change();
`
