/**
 * What belongs to accounts and is no business of Payload's: sessions, sign-ins, second factors, replaced passwords, keys, the security
 * administrator's settings. Run by a migration as the owner of the database.
 */
export const CREATE_ACCOUNT_TABLES = /* sql */ `
-- What a session is worth is said here alone; Payload's own list of sessions only names those that were opened.
create table cluster.sessions (
  id text primary key, person_id integer not null references public.users (id) on delete cascade,
  opened_at timestamptz not null default now(), last_seen_at timestamptz not null default now(),
  ended_at timestamptz, ended_because text,
  address text, device text
);
create index sessions_by_person on cluster.sessions (person_id, opened_at desc);

create table cluster.sign_ins (
  id bigint generated always as identity primary key,
  at timestamptz not null default clock_timestamp(),
  -- Null where the address that was typed belongs to no account; what was typed is not kept, it may be a password in the wrong field.
  person_id integer,
  is_refused boolean not null, reason text, second_factor text, address text, device text
);
create index sign_ins_by_person on cluster.sign_ins (person_id, id desc);

create table cluster.replaced_passwords (
  id bigint generated always as identity primary key,
  person_id integer not null, at timestamptz not null default now(), salt text not null, hash text not null
);
create index replaced_passwords_by_person on cluster.replaced_passwords (person_id, id desc);

create table cluster.second_factors (
  person_id integer primary key references public.users (id) on delete cascade,
  -- AES-256-GCM under the cluster's account key.
  sealed_secret text not null,
  begun_at timestamptz not null default now(), confirmed_at timestamptz,
  -- The latest time step whose code was taken: each code opens once.
  last_step bigint not null default 0
);
create table cluster.recovery_codes (
  person_id integer not null references public.users (id) on delete cascade, hash text not null, used_at timestamptz,
  primary key (person_id, hash)
);

-- The latest row counts; those before it tell who wanted what.
create table cluster.security_settings (
  id bigint generated always as identity primary key,
  at timestamptz not null default now(), person_id integer not null,
  idle_minutes integer not null, second_factor_duties text[] not null
);

create table cluster.api_keys (
  id bigint generated always as identity primary key,
  person_id integer not null references public.users (id) on delete cascade,
  name text not null, beginning text not null, hash text not null unique,
  operations text[] not null, site_ids integer[] not null, column_ids integer[] not null,
  made_at timestamptz not null default now(), expires_at timestamptz not null, last_used_at timestamptz,
  revoked_at timestamptz, revoked_by integer
);
create index api_keys_by_person on cluster.api_keys (person_id, id desc);

create trigger append_only before update or delete on cluster.sign_ins for each row execute function cluster.refuse_change();
create trigger no_truncate before truncate on cluster.sign_ins execute function cluster.refuse_change();
create trigger append_only before update or delete on cluster.replaced_passwords for each row execute function cluster.refuse_change();
create trigger no_truncate before truncate on cluster.replaced_passwords execute function cluster.refuse_change();
create trigger append_only before update or delete on cluster.security_settings for each row execute function cluster.refuse_change();
create trigger no_truncate before truncate on cluster.security_settings execute function cluster.refuse_change();
`
