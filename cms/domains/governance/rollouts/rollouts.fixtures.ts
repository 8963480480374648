import { createLocalReq, type Payload, type PayloadRequest, type SanitizedConfig } from 'payload'
import { Client } from 'pg'
import { PAGE_KINDS } from '@cluster/shared/delivery/page-models'
import { JIANGSU_SITES } from '@cluster/shared/governance/site-tree'
import { judgeSite, labelsOf, type SiteEvidence } from '@cluster/shared/governance/templates/gates'
import { MANIFESTS } from '@cluster/themes/manifests.ts'
import { openAccounts, type Person } from '../../../testing/people.ts'
import { openTestPayload } from '../../../testing/payload.ts'
import { openSession, restClient, type RestClient } from '../../../testing/rest.ts'

/** Two sites of each region, the province, and one more of each level: three rings. */
export const SITES = ['jiangsu', 'nanjing', 'nanjing-xuanwu', 'suzhou', 'suzhou-kunshan', 'nantong', 'nantong-chongchuan', 'yancheng', 'yancheng-tinghu'] as const
export const RELEASE = 'standard-2'

const PEOPLE = {
  steward: { site: 'jiangsu', duties: ['template-steward'], includeSubtree: true },
  deputy: { site: 'jiangsu', duties: ['template-steward'], includeSubtree: true },
  citySteward: { site: 'suzhou', duties: ['template-steward'], includeSubtree: true },
  provinceAdmin: { site: 'jiangsu', duties: ['province-admin'], includeSubtree: true },
  cityAdmin: { site: 'suzhou', duties: ['site-admin'], includeSubtree: true },
  editor: { site: 'suzhou', duties: ['editor'] },
} as const
export type Somebody = keyof typeof PEOPLE

export type RolloutOffices = Awaited<ReturnType<typeof openRolloutOffices>>

/** A small province with stewards, on a database of its own. Once in a test file, in `beforeAll`. */
export async function openRolloutOffices() {
  const { payload, database, close } = await openTestPayload()
  const [{ default: config }, { openSites }] = await Promise.all([import('../../../payload.config.ts'), import('../../../seed/open-sites.ts')])
  const siteIds = await openSites(payload, JIANGSU_SITES.filter(({ slug }) => (SITES as readonly string[]).includes(slug)))
  const people = await openAccounts<Somebody>(payload, siteIds, PEOPLE)
  const owner = new Client({ connectionString: database.adminUrl })
  await owner.connect()
  return {
    payload, database, people, siteIds,
    as: (person: Somebody) => clientOf(payload, config, people[person]),
    anonymous: restClient(config),
    /** A request of the Local API as the person, by the clock that is given. */
    reqOf: (person: Somebody, clock?: Date) => reqOf(payload, people[person], clock),
    rows: async <Row extends Record<string, unknown>>(statement: string, values: readonly unknown[] = []): Promise<Row[]> => (await owner.query(statement, [...values])).rows,
    close: async () => {
      await owner.end()
      await close()
    },
  }
}

async function clientOf(payload: Payload, config: Promise<SanitizedConfig>, { id }: Person): Promise<RestClient> {
  return restClient(config, await openSession(payload, id))
}

async function reqOf(payload: Payload, { id }: Person, clock?: Date): Promise<PayloadRequest> {
  const user = await payload.findByID({ collection: 'users', id, depth: 0, overrideAccess: true })
  return createLocalReq({ user: { ...user, collection: 'users' }, context: clock ? { clock } : {} }, payload)
}

const manifest = MANIFESTS[RELEASE]

/** A site on which nothing is wrong, or exactly what is changed. */
export function evidence(changes: Partial<SiteEvidence> = {}): SiteEvidence {
  return {
    pages: PAGE_KINDS.map((kind) => ({
      kind, path: `/${kind}/`, status: kind === 'gone' ? 410 : kind === 'not-found' ? 404 : kind === 'error' ? 500 : 200, bytes: 20_000, renderMs: 9, markup: [], accessibility: [],
      labels: labelsOf(manifest, kind), releases: [RELEASE] })),
    footer: { filled: ['sponsor'], shown: ['sponsor'] },
    columns: manifest.columns.map(({ key }) => key),
    home: { found: ['hero', 'updates'], expected: ['hero', 'updates'] },
    accent: { found: 'crimson', expected: 'crimson' },
    ...changes,
  }
}

/** What the gates say of it. */
export const judged = (found: SiteEvidence) => ({ evidence: found, verdicts: judgeSite(manifest, found) })
