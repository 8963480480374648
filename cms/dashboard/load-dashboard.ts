import type { PayloadRequest } from 'payload'
import { MANDATED_COLUMNS } from '@cluster/shared/governance/mandated-columns'
import type { Duty } from '@cluster/shared/governance/duties'
import { UNLISTED_STATES } from '@cluster/shared/governance/site-lifecycle/standing'
import type { SiteFact } from '@cluster/shared/governance/site-tree'
import type { Gate } from '@cluster/shared/governance/templates/gates'
import type { Ring } from '@cluster/shared/governance/templates/rings'
import type { RolloutState } from '@cluster/shared/governance/templates/rollout'
import { sitesWith } from '../access/granted-sites.ts'
import { query, sql } from '../database/query.ts'

/** Who answers for sites as a whole; each sees those of the own grants. */
export const DASHBOARD_DUTIES: readonly Duty[] = ['province-admin', 'template-steward', 'site-admin', 'inspector']

const DAY_MS = 86_400_000

export type StaleColumn = { key: string; name: string; /** Whole days since the last text; null: none was ever published. */ days: number | null; limit: number }
/** `none`: the site is in no rollout that is under way, or waits for its ring. */
export type GateState = 'none' | 'measuring' | 'green' | 'red'
export type DashboardSite = Pick<SiteFact, 'slug' | 'division' | 'level' | 'region' | 'parent'> & {
  name: string
  release: string
  /** Index of the ring in the rollout under way. */
  ring: number | null
  gate: GateState
  /** Gates that were red when the site was last measured. */
  redGates: Gate[]
  stale: StaleColumn[]
  /** Offers from above that nobody has taken or declined yet. */
  pushes: number
}
export type Dashboard = {
  sites: DashboardSite[]
  rollout: { id: number; release: string; state: RolloutState; rings: Ring[]; ring: number | null } | null
}

type Row = Omit<DashboardSite, 'ring' | 'gate' | 'redGates' | 'stale'> & {
  last: Record<string, string | null>
  /** The newest of the rollout under way. */
  verdict: { attempt: number; isGreen: boolean; red: Gate[] } | null
}

type UnderWay = NonNullable<Dashboard['rollout']> & { attempt: number }

/** How the person's sites that readers are shown stand, in the order of the tree: one round of statements, whatever their number. */
export async function loadDashboard(req: PayloadRequest, now: Date): Promise<Dashboard> {
  const granted = await sitesWith(req, DASHBOARD_DUTIES)
  const isAll = granted === 'all'
  const ids = `{${isAll ? '' : granted.join(',')}}`
  const limits = MANDATED_COLUMNS.flatMap(({ key, name, freshnessDays }) => (freshnessDays === null ? [] : [{ key, name, limit: freshnessDays }]))
  const [rows, [rollout]] = await Promise.all([
    query<Row>(req, sql`
      with under_way as (select id from cluster.rollouts where state in ('running', 'halted'))
      select sites.slug, sites.name, sites.division, sites.level::text as level, sites.region::text as region, parent.slug as parent, sites.release,
        (select jsonb_object_agg(listed.key, newest.at) from jsonb_to_recordset(${JSON.stringify(limits)}::jsonb) as listed (key text)
          left join lateral (select published_at as at from delivery.records where site = sites.slug and column_key = listed.key
            order by published_at desc, id desc limit 1) newest on true) as last,
        (select jsonb_build_object('attempt', attempt, 'isGreen', is_green, 'red', (select coalesce(jsonb_agg(each->>'gate'), '[]') from jsonb_array_elements(verdicts) each where not (each->>'isGreen')::boolean))
          from cluster.rollout_verdicts found where found.rollout_id = (select id from under_way) and found.site = sites.slug order by attempt desc limit 1) as verdict,
        (select count(*)::int from cluster.push_targets offered where offered.site = sites.slug and offered.state = 'open') as pushes
      from sites left join sites parent on parent.id = sites.parent_id
      where (${isAll} or sites.id = any (${ids}::int[])) and not exists (select from cluster.site_standings
        where site_id = sites.id and standing->>'state' = any (${sql.param([...UNLISTED_STATES])}::text[])) order by sites.path`),
    query<UnderWay>(req, sql`select id, release, state, rings, ring, attempt from cluster.rollouts where state in ('running', 'halted')`),
  ])
  return {
    rollout: rollout ? { id: rollout.id, release: rollout.release, state: rollout.state, rings: rollout.rings, ring: rollout.ring } : null,
    sites: rows.map(({ last, verdict: newest, ...site }) => {
      const ring = rollout ? rollout.rings.findIndex(({ sites }) => sites.includes(site.slug)) : -1
      // Of the ring that is being tried only this try counts; rings before it stay as they were found.
      const verdict = newest && (ring !== rollout?.ring || newest.attempt === rollout.attempt) ? newest : null
      return {
        ...site, ring: ring === -1 ? null : ring, gate: gateOf(rollout, ring, verdict), redGates: verdict?.red ?? [],
        stale: limits.flatMap(({ key, name, limit }) => {
          const at = last[key]
          const days = at ? Math.floor((now.getTime() - Date.parse(at)) / DAY_MS) : null
          return days === null || days > limit ? [{ key, name, days, limit }] : []
        }),
      }
    }),
  }
}

function gateOf(rollout: UnderWay | undefined, ring: number, verdict: Row['verdict']): GateState {
  if (verdict) return verdict.isGreen ? 'green' : 'red'
  return rollout?.state === 'running' && rollout.ring === ring ? 'measuring' : 'none'
}
