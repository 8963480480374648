/**
 * The content pool: one copy, many references. What stands where is public (`delivery.placements`, followed by the read side);
 * who pushed, offered, adopted and submitted what is the offices' own affair (`cluster`).
 */
export const CREATE_CONTENT_POOL = /* sql */ `
-- A document on a site that did not write it. The document itself is there once, in delivery.records; the line that lists show of it is
-- kept equal to the original's by every transaction that stores the original.
create table delivery.placements (
  collection text not null, id integer not null, site text not null,
  column_key text not null, kind text not null, mode text not null check (mode in ('mandatory', 'offered', 'adopted')),
  title_key text not null, published_at timestamptz not null, changed_at timestamptz not null,
  entry jsonb not null, placed_at timestamptz not null,
  primary key (collection, id, site),
  foreign key (collection, id) references delivery.records (collection, id) on delete cascade
);
create index placements_by_column on delivery.placements (site, column_key, published_at desc, id desc);
create index placements_by_site on delivery.placements (site, published_at desc, id desc);
create index placements_by_title on delivery.placements (site, title_key);

-- Where a withdrawn document stood: its address there answers 410 as well.
create table delivery.tombstone_sites (
  collection text not null, id integer not null, site text not null, column_key text not null,
  primary key (collection, id, site),
  foreign key (collection, id) references delivery.tombstones (collection, id) on delete cascade
);

-- All that a site lists: what it wrote and what stands on it. Both halves have the same indexes, so that the newest are found in order.
create view delivery.listed as
  select collection, id, site, column_key, kind, title_key, published_at, changed_at, entry, null::text as mode from delivery.records
  union all
  select collection, id, site, column_key, kind, title_key, published_at, changed_at, entry, mode from delivery.placements;

-- A site's own search finds what stands on it. The rows are written anew by the worker, which finds the index incomplete.
delete from delivery.search;
alter table delivery.search add column sites text[] not null default '{}';

create table cluster.pushes (
  id integer generated always as identity primary key,
  collection text not null, document_id integer not null, title text not null, site text not null,
  mode text not null check (mode in ('mandatory', 'offered')),
  pushed_at timestamptz not null, person_id integer, person_name text not null, unit text not null,
  taken_back_at timestamptz, taken_back_by text, taken_back_reason text
);
create index pushes_by_site on cluster.pushes (site, id desc);
create index pushes_by_document on cluster.pushes (collection, document_id);

-- What a push came to on each of its sites: there at once (placed), or offered and then decided.
create table cluster.push_targets (
  push_id integer not null references cluster.pushes (id), site text not null,
  state text not null check (state in ('placed', 'open', 'adopted', 'declined', 'withdrawn')),
  reason text, decided_at timestamptz, decided_by text,
  primary key (push_id, site)
);
create index push_targets_by_site on cluster.push_targets (site, state);

-- What a site has taken over of its own accord.
create table cluster.adoptions (
  id integer generated always as identity primary key,
  collection text not null, document_id integer not null, site text not null,
  way text not null check (way in ('offer', 'pool', 'submission')),
  adopted_at timestamptz not null, person_id integer, person_name text not null, unit text not null,
  dropped_at timestamptz, dropped_by text
);
create unique index one_standing_adoption on cluster.adoptions (collection, document_id, site) where dropped_at is null;

create table cluster.submissions (
  id integer generated always as identity primary key,
  collection text not null, document_id integer not null, title text not null,
  from_site text not null, to_site text not null, to_level text not null check (to_level in ('city', 'province')),
  state text not null check (state in ('waiting', 'accepted', 'returned')),
  submitted_at timestamptz not null, person_id integer, person_name text not null, unit text not null,
  decided_at timestamptz, decided_by text, reason text
);
create unique index one_waiting_submission on cluster.submissions (collection, document_id, to_site) where state = 'waiting';
create index submissions_to on cluster.submissions (to_site, state, id desc);
create index submissions_from on cluster.submissions (from_site, id desc);

-- Told to the editors of a site that chose a document which its office has corrected or withdrawn since.
create table cluster.pool_notices (
  id integer generated always as identity primary key,
  site text not null, collection text not null, document_id integer not null, title text not null, origin text not null,
  change text not null check (change in ('corrected', 'withdrawn')), parts text[] not null default '{}', reason text not null default '',
  person_name text not null, unit text not null, at timestamptz not null,
  seen_at timestamptz, seen_by text
);
create index pool_notices_open on cluster.pool_notices (site, id) where seen_at is null;

create trigger kept before delete on cluster.pushes for each row execute function cluster.refuse_change();
create trigger kept before delete on cluster.push_targets for each row execute function cluster.refuse_change();
create trigger kept before delete on cluster.adoptions for each row execute function cluster.refuse_change();
create trigger kept before delete on cluster.submissions for each row execute function cluster.refuse_change();
create trigger kept before delete on cluster.pool_notices for each row execute function cluster.refuse_change();
`
