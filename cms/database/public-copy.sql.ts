/**
 * The tables that Payload does not own: the public copy (`delivery`), and what is written once and never changed (`cluster`).
 * One statement list, run by a migration as the owner of the database.
 */
export const CREATE_PUBLIC_COPY = /* sql */ `
create schema delivery;
create schema cluster;

create table delivery.sites (
  slug text primary key, path text not null unique, record jsonb not null
);

create table delivery.records (
  collection text not null, id integer not null,
  site text not null, column_key text not null, kind text not null,
  title text not null, title_key text not null,
  published_at timestamptz not null, changed_at timestamptz not null,
  entry jsonb not null, record jsonb not null, source_id text,
  primary key (collection, id)
);
create index records_by_column on delivery.records (site, column_key, published_at desc, id desc);
create index records_by_site on delivery.records (site, published_at desc, id desc);
create index records_by_title on delivery.records (site, title_key);

create table delivery.tombstones (
  collection text not null, id integer not null, site text not null, record jsonb not null, withdrawn_at timestamptz not null,
  primary key (collection, id)
);

create table delivery.links (
  from_collection text not null, from_id integer not null, to_collection text not null, to_id integer not null, relation text not null,
  primary key (from_collection, from_id, to_collection, to_id, relation)
);
create index links_by_target on delivery.links (to_collection, to_id);

create table delivery.files (
  hash text not null, name text not null, collection text not null, document_id integer not null,
  media_type text not null, bytes bigint not null, stored_as text not null,
  primary key (hash, name, collection, document_id)
);
create index files_by_document on delivery.files (collection, document_id);

create table delivery.letter_status (
  code_hash text primary key, site text not null, record jsonb not null,
  received_at timestamptz not null, due_at timestamptz not null, answered_at timestamptz
);
create index letter_status_by_site on delivery.letter_status (site, received_at desc);

create table delivery.search (
  collection text not null, id integer not null, site text not null, city text, kind text not null, year integer not null,
  issuer text, validity text, published_at timestamptz not null, grams tsvector not null, hit jsonb not null,
  primary key (collection, id)
);
create index search_by_grams on delivery.search using gin (grams);

create table delivery.feed (
  seq bigint primary key, tags text[] not null, at timestamptz not null default clock_timestamp()
);
create sequence delivery.feed_seq;

-- Feed order is commit order: the lock is taken just before the number is drawn and held until the commit, and this is the last
-- statement of a publishing transaction. A sequence alone would let a later number commit first, and a follower that has moved on
-- would never see the earlier one.
create function delivery.announce(changed text[]) returns bigint language plpgsql as $$
declare next_seq bigint;
begin
  perform pg_advisory_xact_lock(726501);
  next_seq := nextval('delivery.feed_seq');
  insert into delivery.feed (seq, tags) values (next_seq, changed);
  perform pg_notify('delivery_feed', next_seq::text);
  return next_seq;
end $$;

create table cluster.sign_offs (
  id bigint generated always as identity primary key,
  collection text not null, document_id integer not null, version integer not null,
  link text not null, person_id integer not null, person_name text not null, unit text not null,
  digest text not null, at timestamptz not null, is_emergency boolean not null default false, reason text
);
create index sign_offs_by_document on cluster.sign_offs (collection, document_id, id);

-- Sign-offs are never changed; that one stands no longer is a fact of its own.
create table cluster.voided_sign_offs (
  sign_off_id bigint primary key references cluster.sign_offs (id), at timestamptz not null, cause text not null, person_id integer
);

-- Every step of every document, with the reason that was given: what the history shows, and where a correction's public trace comes from.
create table cluster.transitions (
  id bigint generated always as identity primary key,
  collection text not null, document_id integer not null, action text not null, from_state text not null, to_state text not null,
  reason text, person_id integer, person_name text not null, unit text not null, at timestamptz not null
);
create index transitions_by_document on cluster.transitions (collection, document_id, id);

create table cluster.versions (
  id bigint generated always as identity primary key,
  collection text not null, document_id integer not null, version integer not null,
  snapshot jsonb not null, person_id integer, person_name text not null, at timestamptz not null,
  -- A text whose save was refused because another had come first: kept, so that nobody's work is lost.
  is_refused boolean not null default false
);
create index versions_by_document on cluster.versions (collection, document_id, id desc);

create table cluster.audit (
  id bigint generated always as identity primary key,
  at timestamptz not null default clock_timestamp(), person_id integer, person_name text,
  deed text not null, collection text, document_id integer, site text, is_refused boolean not null default false, detail jsonb not null default '{}'
);
create index audit_by_time on cluster.audit (at desc);

-- Where an operator gives one role only, privileges cannot refuse: triggers do.
create function cluster.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_schema || '.' || tg_table_name using errcode = 'insufficient_privilege';
end $$;
create trigger append_only before update or delete on cluster.sign_offs for each row execute function cluster.refuse_change();
create trigger append_only before update or delete on cluster.voided_sign_offs for each row execute function cluster.refuse_change();
create trigger append_only before update or delete on cluster.transitions for each row execute function cluster.refuse_change();
create trigger append_only before update or delete on cluster.versions for each row execute function cluster.refuse_change();
create trigger append_only before update or delete on cluster.audit for each row execute function cluster.refuse_change();
create trigger append_only before update or delete on delivery.feed for each row execute function cluster.refuse_change();
create trigger no_truncate before truncate on cluster.sign_offs execute function cluster.refuse_change();
create trigger no_truncate before truncate on cluster.voided_sign_offs execute function cluster.refuse_change();
create trigger no_truncate before truncate on cluster.transitions execute function cluster.refuse_change();
create trigger no_truncate before truncate on cluster.versions execute function cluster.refuse_change();
create trigger no_truncate before truncate on cluster.audit execute function cluster.refuse_change();
create trigger no_truncate before truncate on delivery.feed execute function cluster.refuse_change();
`
