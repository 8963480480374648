import type { TestOffices } from './offices.ts'

type Rows = TestOffices['rows']
/** What changes because somebody looked or was refused, and not because of what they sent. */
const TOLD_APART = /^cluster\.(?:audit|audit_\w+|sessions|sign_ins|processes|rate_\w+|limits?_?\w*)$/
/** Attempts are counted with the account; of a refused save the text is kept beside the history. */
const COUNTERS = "array['login_attempts', 'lock_until']"

/** A digest of every table's rows: two that are equal say that nothing was written in between. */
export async function tableDigests(rows: Rows): Promise<Record<string, string>> {
  const tables = await rows<{ name: string }>(`
    select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('public', 'cluster', 'delivery', 'graphile_worker') order by 1`)
  const kept = tables.map(({ name }) => name).filter((name) => !TOLD_APART.test(name))
  const [digests] = await rows<{ digests: Record<string, string> }>(`
    select jsonb_object_agg(name, digest) as digests from (${kept.map((name) => `
      select '${name}' as name, md5(coalesce(string_agg(md5((row - ${COUNTERS})::text), '' order by md5((row - ${COUNTERS})::text)), '')) as digest
      from (select to_jsonb(t) as row from ${name} t) as rows where row->>'is_refused' is distinct from 'true'`).join(' union all ')}) as each`)
  return digests!.digests
}
