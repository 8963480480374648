import { Client } from 'pg'
import type { Payload, SanitizedConfig } from 'payload'
import { JIANGSU_SITES } from '@cluster/shared/governance/site-tree'
import type { Action } from '@cluster/shared/publishing/states'
import { richText } from './api.ts'
import { openTestPayload } from './payload.ts'
import type { TestDatabase } from './database.ts'
import { openTestPeople, type Person, type PersonKey } from './people.ts'
import { type Answer, openSession, restClient, type RestClient, type RestDocument } from './rest.ts'

/** The smallest tree with a parent, siblings and a stranger. */
const SITES = ['jiangsu', 'nanjing', 'suzhou', 'suzhou-kunshan', 'suzhou-taicang'] as const
export type TestSite = (typeof SITES)[number]

export type TestOffices = {
  payload: Payload
  config: Promise<SanitizedConfig>
  database: TestDatabase
  sites: Record<TestSite, number>
  /** `suzhou-kunshan/updates` → id of the column. */
  columns: ReadonlyMap<string, number>
  people: Record<PersonKey, Person>
  anonymous: RestClient
  /** A person's own client, signed in at the first call. */
  as: (person: PersonKey) => Promise<RestClient>
  /** Rows as the owner of the database sees them. */
  rows: <Row extends Record<string, unknown>>(statement: string, values?: readonly unknown[]) => Promise<Row[]>
  close: () => Promise<void>
}

/** A few offices with their people on a database of their own. Once in a test file, in `beforeAll`. */
export async function openTestOffices(): Promise<TestOffices> {
  const { payload, database, close } = await openTestPayload()
  const [{ default: config }, { openSites }] = await Promise.all([import('../payload.config.ts'), import('../seed/open-sites.ts')])
  const siteIds = await openSites(payload, JIANGSU_SITES.filter(({ slug }) => (SITES as readonly string[]).includes(slug)))
  const people = await openTestPeople(payload, siteIds)
  const owner = new Client({ connectionString: database.adminUrl })
  await owner.connect()
  const rows: TestOffices['rows'] = async (statement, values = []) => (await owner.query(statement, [...values])).rows
  const columns = await rows<{ id: number; key: string; slug: string }>('select columns.id, key, slug from columns join sites on sites.id = site_id')
  const clients = new Map<PersonKey, Promise<RestClient>>()
  return {
    payload, config, database, people, rows,
    sites: Object.fromEntries(siteIds) as Record<TestSite, number>,
    columns: new Map(columns.map(({ id, key, slug }) => [`${slug}/${key}`, id])),
    anonymous: restClient(config),
    as: (person) => {
      const client = clients.get(person) ?? openSession(payload, people[person].id).then((token) => restClient(config, token))
      clients.set(person, client)
      return client
    },
    close: async () => {
      await owner.end()
      await close()
    },
  }
}

type Collection = 'articles' | 'policies'
type Reviewed = Collection | 'letters' | 'import-batches' | 'layouts'

/** Writes a complete text as the editor of 昆山, or as somebody else elsewhere. */
export async function write(
  offices: TestOffices, more: Record<string, unknown> = {},
  { by = 'editor', site = 'suzhou-kunshan', column = 'updates', collection = 'articles' }: { by?: PersonKey; site?: TestSite; column?: string; collection?: Collection } = {},
): Promise<RestDocument> {
  const columnId = offices.columns.get(`${site}/${column}`)
  const metadata = collection === 'policies' ? { issuer: '中共昆山市委', documentNumber: '昆编办发〔2026〕1号', issuedOn: '2026-03-02', validity: 'in-force' } : { origin: { type: 'original' } }
  const answer = await (await offices.as(by)).post(`/api/${collection}?depth=0`, {
    site: offices.sites[site], column: columnId, title: '职责清单公布', summary: '公布清单', keywords: ['清单'], body: richText('各部门的职责清单今天公布，共一百二十项。'), ...metadata, ...more,
  })
  if (answer.status !== 201) throw new Error(`writing refused: ${answer.status} ${answer.text.slice(0, 500)}`)
  return answer.body.doc!
}

/** Saves a text of 昆山 as its editor, on the version that it has. */
export async function edit(offices: TestOffices, document: { id: number; version: number }, data: Record<string, unknown>): Promise<RestDocument> {
  const answer = await (await offices.as('editor')).patch(`/api/articles/${document.id}?depth=0`, { version: document.version, ...data })
  if (answer.status !== 200) throw new Error(`saving refused: ${answer.status} ${answer.text.slice(0, 500)}`)
  return answer.body.doc!
}

/** One step of the chain over REST. */
export async function act(
  offices: TestOffices, person: PersonKey, action: Action, document: { id: number; version: number },
  more: { reason?: string; at?: string; collection?: Reviewed } = {},
): Promise<Answer> {
  const { collection = 'articles', ...rest } = more
  return (await offices.as(person)).post(`/api/${collection}/${document.id}/transitions`, { action, version: document.version, ...rest })
}

const STEPS = [['editor', 'submit'], ['firstReviewer', 'approve'], ['secondReviewer', 'approve'], ['finalReviewer', 'approve']] as const

/** Takes a text of 昆山 so many steps along the chain; four are the whole of it. @throws when a step is refused */
export async function review(
  offices: TestOffices, document: { id: number; version: number }, steps: number = STEPS.length, collection: Reviewed = 'articles',
): Promise<void> {
  for (const [person, action] of STEPS.slice(0, steps)) {
    const answer = await act(offices, person, action, document, { collection })
    if (answer.status !== 200) throw new Error(`${action} by ${person} refused: ${answer.status} ${answer.text}`)
  }
}
