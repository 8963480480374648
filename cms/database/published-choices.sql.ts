/**
 * What offices have published of their home pages: a row for each publication, the latest counts. The working copy is a
 * collection of its own and never reaches the public.
 */
export const CREATE_PUBLISHED_CHOICES = /* sql */ `
create table cluster.published_choices (
  id bigint generated always as identity primary key,
  site_id integer not null, layout_id integer not null,
  -- As the office chose them (media by number), and as the public gets them (the picture with its files).
  choices jsonb not null, public_choices jsonb not null,
  at timestamptz not null
);
create index published_choices_by_site on cluster.published_choices (site_id, id desc);
create trigger append_only before update or delete on cluster.published_choices for each row execute function cluster.refuse_change();
create trigger no_truncate before truncate on cluster.published_choices execute function cluster.refuse_change();
`
