import { pdf } from '../files.ts'
import { openTestOffices, type TestOffices, write } from '../offices.ts'
import { openAccounts, type Person } from '../people.ts'
import { openSession, restClient, type RestClient, type RestDocument } from '../rest.ts'
import { ANONYMOUS, type Asker, askerFor, HOME, PLANNED } from './who.ts'

/** Stands in every document of `HOME` that is asked for: whoever is refused must not see it. */
export const MARK = '内部事项七三九一'

export const TABLES: Record<string, string> = {
  articles: 'articles', policies: 'policies', letters: 'letters', 'import-batches': 'import_batches', media: 'media', sites: 'sites', columns: 'columns', layouts: 'layouts', users: 'users',
}
/** A document that can be asked for. `name`: the file's, where it is one. */
export type Target = { id: number; name?: string }

export type Home = {
  offices: TestOffices
  homeId: number
  personOf: (asker: Asker) => Person | null
  as: (asker: Asker) => Promise<RestClient>
  /** A document of the collection on `HOME`, with its history: the same one until it is spent. */
  target: (collection: string, stage?: 'draft' | 'final-review') => Promise<Target>
  /** To be called when a probe has moved or removed it: the next one gets a fresh one. */
  spend: (collection: string, stage?: 'draft' | 'final-review') => void
  versionOf: (collection: string, id: number) => Promise<number>
}

const EDITOR = askerFor('editor', 'own')
const KEEPER = askerFor('site-admin', 'own')

/** The test offices with an account for every asker, and documents of `HOME` to ask for. Once in a test file, in `beforeAll`. */
export async function openHome(): Promise<Home> {
  const offices = await openTestOffices()
  const people = await openAccounts(offices.payload, new Map(Object.entries(offices.sites)), PLANNED)
  const homeId = offices.sites[HOME]
  const clients = new Map<string, Promise<RestClient>>()
  const targets = new Map<string, Promise<Target>>()
  let made = 0
  const home: Home = {
    offices, homeId,
    personOf: ({ key }) => people[key] ?? null,
    as: (asker) => {
      if (asker.key === ANONYMOUS.key) return Promise.resolve(offices.anonymous)
      const known = clients.get(asker.key) ?? openSession(offices.payload, people[asker.key]!.id).then((token) => restClient(offices.config, token))
      clients.set(asker.key, known)
      return known
    },
    target: (collection, stage = 'draft') => {
      const key = `${collection}/${stage}`
      // A site has one layout only: what it was for one stage it is no longer when it is made for the other.
      if (collection === 'layouts' && !targets.has(key)) for (const other of ['draft', 'final-review']) targets.delete(`layouts/${other}`)
      const known = targets.get(key) ?? make(collection, stage)
      targets.set(key, known)
      return known
    },
    spend: (collection, stage = 'draft') => void targets.delete(`${collection}/${stage}`),
    versionOf: async (collection, id) => {
      const [row] = await offices.rows<{ version: string | null }>(`select to_jsonb(t)->>'version' as version from ${TABLES[collection]} t where id = $1`, [id])
      return Number(row?.version ?? 1)
    },
  }

  async function make(collection: string, stage: 'draft' | 'final-review'): Promise<Target> {
    made += 1
    const target = await makers[collection]!()
    if (stage === 'final-review') await advance(collection, target.id)
    return target
  }
  const text = (collection: 'articles' | 'policies', column: string) => async () => {
    const by = await home.as(EDITOR)
    const document = await write({ ...offices, as: async () => by }, { title: `${MARK}之${made}` }, { site: HOME, column, collection })
    return saved(collection, document.id, { summary: `${MARK}摘要` })
  }
  const makers: Record<string, () => Promise<Target>> = {
    articles: text('articles', 'updates'),
    policies: text('policies', 'policies'),
    letters: async () => {
      const { receiveLetter } = await import('../../domains/interaction/letters/receive.ts')
      await receiveLetter(offices.payload, { site: HOME, kind: 'inquiry', name: '张小三', contact: '13812345678', title: `${MARK}之${made}`, text: '请问登记需要哪些材料？', mayPublish: true }, { now: new Date(), secret: 's' })
      const { docs: [letter] } = await offices.payload.find({ collection: 'letters', where: { title: { equals: `${MARK}之${made}` } }, overrideAccess: true, depth: 0 })
      return saved('letters', letter!.id, { answer: `${MARK}：请带身份证明和登记表到窗口办理。` })
    },
    'import-batches': async () => {
      const batch = await offices.payload.create({
        collection: 'import-batches', overrideAccess: true, depth: 0, data: { title: `${MARK}之${made}`, site: homeId, documents: 1, isComplete: true, state: 'draft', version: 1 } })
      await offices.payload.create({ collection: 'policies', overrideAccess: true, depth: 0, data: {
        title: `${MARK}批次文件${made}`, site: homeId, column: offices.columns.get(`${HOME}/policies`)!, sourceId: `isolation-${made}`, batch: batch.id, contentDigest: 'sha256:0', state: 'draft', version: 1 } })
      return { id: batch.id }
    },
    media: async () => {
      const name = `isolation-${made}.pdf`
      const answer = await (await home.as(EDITOR)).upload('POST', '/api/media?depth=0', { site: homeId, caption: MARK }, pdf(name, MARK))
      return { id: docOf(answer).id, name: String(docOf(answer).filename) }
    },
    layouts: async () => {
      const [row] = await offices.rows<{ id: number; state: string }>('update layouts set title = $1 where site_id = $2 returning id, state', [MARK, homeId])
      const by = await home.as(EDITOR)
      if (row!.state === 'published') await by.post(`/api/layouts/${row!.id}/transitions`, { action: 'correct', version: await home.versionOf('layouts', row!.id), reason: '需要调整首页的布置' })
      await saved('layouts', row!.id, { hidden: [] })
      return saved('layouts', row!.id, { hidden: ['local'] })
    },
    sites: async () => {
      await offices.rows('update sites set footer_address = $1 where id = $2', [MARK, homeId])
      return { id: homeId }
    },
    columns: async () => ({ id: docOf(await (await home.as(KEEPER)).post('/api/columns?depth=0', newDocument(home, 'columns', made))).id }),
    users: async () => ({ id: (await offices.payload.create({ collection: 'users', overrideAccess: true, depth: 0, data: newDocument(home, 'users', made) as never })).id }),
  }

  /** One more save, so that there is an earlier version to restore. */
  async function saved(collection: string, id: number, data: Record<string, unknown>): Promise<Target> {
    docOf(await (await home.as(EDITOR)).patch(`/api/${collection}/${id}?depth=0`, { version: await home.versionOf(collection, id), ...data }))
    return { id }
  }

  async function advance(collection: string, id: number): Promise<void> {
    const version = await home.versionOf(collection, id)
    for (const [duty, action] of [['editor', 'submit'], ['first-reviewer', 'approve'], ['second-reviewer', 'approve']] as const) {
      const answer = await (await home.as(askerFor(duty, 'own'))).post(`/api/${collection}/${id}/transitions`, { action, version })
      if (answer.status !== 200) throw new Error(`${action} of ${collection} refused: ${answer.status} ${answer.text}`)
    }
  }
  return home
}

function docOf(answer: { status: number; text: string; body: { doc?: RestDocument } }): RestDocument {
  if (!answer.body.doc) throw new Error(`refused: ${answer.status} ${answer.text.slice(0, 500)}`)
  return answer.body.doc
}

/** What somebody would send to make a document of `HOME`. */
export function newDocument({ homeId }: Pick<Home, 'homeId'>, collection: string, number: number): Record<string, unknown> {
  const common = { site: homeId, title: `新的一篇 ${number}` }
  switch (collection) {
    case 'columns': return { site: homeId, name: `自设${number}`.slice(0, 12), key: `isolation-${number}`, kind: 'update', description: MARK, order: 200 }
    case 'users': return { site: homeId, email: `isolation-${number}@test.example`, password: 'Quiet-Lotus-Bridge-39', name: `新人${number}`, unit: MARK, mustChangePassword: true }
    case 'sites': return { name: '新站点', office: '新单位', slug: `isolation-${number}`, level: 'county', division: '某县', divisionCode: String(329_000 + number), path: `/x${number}/`, release: 'standard-1' }
    case 'letters': return { ...common, kind: 'inquiry', text: '内容内容内容', senderName: '甲', senderContact: '1', codeHash: `x${number}`, receivedAt: new Date().toISOString(), dueAt: new Date().toISOString() }
    case 'import-batches': return { ...common, documents: 1 }
    default: return common
  }
}

/** A change that whoever may change the document at all may make. */
export function changeOf(collection: string, number: number): Record<string, unknown> {
  switch (collection) {
    case 'letters': return { answer: `${MARK}：第 ${number} 次改写的答复。` }
    case 'media': return { caption: `${MARK}${number}` }
    case 'sites': return { footer: { address: `${MARK}${number}` } }
    case 'columns': return { description: `${MARK}${number}` }
    case 'users': return { unit: `${MARK}${number}` }
    case 'layouts': return { hidden: number % 2 === 0 ? [] : ['local'] }
    case 'import-batches': return { fileName: `${MARK}${number}` }
    default: return { summary: `${MARK}${number}` }
  }
}
