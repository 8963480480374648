import { createHash } from 'node:crypto'
import { Client } from 'pg'
import { type ArticleRecord, type DocumentRecord, documentRecordSchema, type PolicyRecord, type Tombstone } from '@cluster/shared/delivery/records'
import { MANDATED_COLUMNS } from '@cluster/shared/governance/mandated-columns'
import { JIANGSU_SITES, officeName, portalName } from '@cluster/shared/governance/site-tree'
import type { DocumentCollection } from '@cluster/shared/publishing/kinds'
import { titleKey } from '@cluster/shared/publishing/title-key'
import { entryOf } from '../delivery/entry.ts'

const SITES = ['jiangsu', 'nanjing', 'suzhou', 'suzhou-kunshan', 'suzhou-taicang']

type Common = { id: number; site?: string; column?: string; text?: string; publishedAt?: string }
export type PlannedArticle = Common & { title: string; summary?: string; keywords?: string[] }
export type PlannedPolicy = PlannedArticle & Partial<Pick<PolicyRecord['content'], 'documentNumber' | 'issuer' | 'issuedOn' | 'validity'>> & { sourceId?: string }
export type PublicCopies = Awaited<ReturnType<typeof openPublicCopies>>

/** Public copies as publishing leaves them, without the CMS: for tests of what reads them. Sites of a small tree are there already. */
export async function openPublicCopies(url: string) {
  const client = new Client({ connectionString: url })
  await client.connect()
  for (const site of JIANGSU_SITES.filter(({ slug }) => SITES.includes(slug))) {
    const { slug, division, divisionCode, level, region, parent, path } = site
    await client.query('insert into delivery.sites (slug, path, record) values ($1, $2, $3)', [slug, path, {
      slug, name: portalName(site), office: officeName(site), division, divisionCode, level, region, parent, release: 'standard-1',
      columns: MANDATED_COLUMNS.map(({ key, name, description, kind }) => ({ key, name, description, kind, isMandated: true })),
      footer: { sponsor: officeName(site) },
    }])
  }

  async function put(record: DocumentRecord): Promise<void> {
    documentRecordSchema.parse(record)
    const { collection, id, site, column, kind, content, publishedAt } = record
    await client.query(`
      insert into delivery.records (collection, id, site, column_key, kind, title, title_key, published_at, changed_at, entry, record, source_id)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $8, $9, $10, $11)
      on conflict (collection, id) do update set title = excluded.title, title_key = excluded.title_key, entry = excluded.entry, record = excluded.record`,
    [collection, id, site, column.key, kind, content.title, titleKey(content.title), publishedAt, entryOf(record), record,
      collection === 'policies' ? record.sourceId ?? null : null])
  }

  return {
    query: client.query.bind(client),
    putArticle: (planned: PlannedArticle) => put(articleOf(planned)),
    putPolicy: (planned: PlannedPolicy) => put(policyOf(planned)),
    withdraw: async (collection: DocumentCollection, id: number): Promise<void> => {
      const { rows: [held] } = await client.query<{ record: DocumentRecord }>(
        'delete from delivery.records where collection = $1 and id = $2 returning record', [collection, id])
      if (!held) throw new Error(`${collection}/${id} is not public`)
      const { site, column, content, publishedAt } = held.record
      const tombstone: Tombstone = {
        collection, id, site, column, title: content.title, publishedAt, withdrawnAt: publishedAt, reason: '数据有误', name: '周立新', unit: '综合科' }
      await client.query('insert into delivery.tombstones (collection, id, site, record, withdrawn_at) values ($1, $2, $3, $4, $5)',
        [collection, id, site, tombstone, tombstone.withdrawnAt])
    },
    /** Orders an index job, as publishing does in its transaction. */
    enqueue: (collection: DocumentCollection, id: number) => client.query(
      'select graphile_worker.add_job($1, $2, job_key => $3)', ['index-document', { collection, id }, `index:${collection}/${id}`]),
    announce: async (...tags: string[]): Promise<number> => {
      const { rows } = await client.query<{ seq: string }>('select delivery.announce($1) as seq', [tags])
      return Number(rows[0]?.seq)
    },
    close: () => client.end(),
  }
}

const AT = '2026-11-02T01:30:00.000Z'

function common({ id, site = 'suzhou-kunshan', column = 'updates', text = '', publishedAt = AT }: Common) {
  const { key, name, kind } = MANDATED_COLUMNS.find((candidate) => candidate.key === column)!
  const chain = (['draft', 'first-review', 'second-review', 'final-review'] as const).map((link) => ({ link, name: '顾建国', unit: '综合科', at: publishedAt }))
  return {
    id, site, kind, column: { key, name }, publishedAt, corrections: [], body: { text, anchors: [] },
    disclosure: { chain, digest: `sha256:${createHash('sha256').update(String(id)).digest('hex')}` },
  }
}

function articleOf({ title, summary = '', keywords = [], ...place }: PlannedArticle): ArticleRecord {
  return { collection: 'articles', ...common(place), content: { title, summary, keywords, html: `<p>${place.text ?? ''}</p>`, origin: { type: 'original' }, attachments: [] } }
}

function policyOf({ title, summary = '', keywords = [], documentNumber, issuer, issuedOn, validity = 'in-force', sourceId, ...place }: PlannedPolicy): PolicyRecord {
  return {
    collection: 'policies', ...common({ column: 'policies', ...place }), sourceId,
    content: {
      title, summary, keywords, html: `<p>${place.text ?? ''}</p>`, indexNumber: `320583-2026-${place.id}`, subject: '编制管理', genre: '通知',
      documentNumber, issuer, issuedOn, validity, history: [], attachments: [],
    },
  }
}
