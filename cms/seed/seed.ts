// A process of its own: `node cms/seed/seed.ts [--only suzhou-kunshan,suzhou]` fills an empty database with the demo cluster.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { getPayload, type Payload } from 'payload'
import { JIANGSU_SITES } from '@cluster/shared/governance/site-tree'
import { env } from '../env.ts'
import config from '../payload.config.ts'
import type { User } from '../payload-types.ts'
import { openDemoAccounts } from './accounts.ts'
import { indexAtOnce } from './index-at-once.ts'
import { openSites } from './open-sites.ts'
import { type Office, publishDemoDocument } from './publish-document.ts'
import { publishDemoLetter } from './publish-letter.ts'
import { readSiteContents, type SiteContent } from './site-content.ts'

/** Offices that write at the same time; more only wait for one another in the database. */
const OFFICES_AT_ONCE = 6

/** Fills an empty database with all sites, accounts and texts of the demo. The clock is passed in: texts are dated back from it. */
export async function seedDemo(payload: Payload, { now, only, onProgress }: {
  now: Date
  /** Texts for these sites alone; all sites and accounts are opened in any case. */
  only?: readonly string[]
  onProgress?: (done: number, total: number) => void
}) {
  const { totalDocs } = await payload.count({ collection: 'sites' })
  if (totalDocs > 0) throw new Error('数据库里已经有站点，演示内容只写入空数据库。')
  const contents = readSiteContents()
  const siteIds = await openSites(payload, JIANGSU_SITES, contents)
  const { accounts, people } = await openDemoAccounts(payload, siteIds, contents)
  const chosen = [...contents].filter(([slug]) => !only || only.includes(slug))
  const total = chosen.reduce((sum, [, { documents, letters }]) => sum + documents.length + letters.length, 0)
  let done = 0
  const queue = [...chosen]
  const work = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      await fillSite(payload, next, { siteId: siteIds.get(next[0])!, people, now, onDone: () => onProgress?.(done += 1, total) })
    }
  }
  await Promise.all(Array.from({ length: OFFICES_AT_ONCE }, work))
  await indexAtOnce(payload)
  return { accounts, documents: done }
}

async function fillSite(
  payload: Payload, [slug, content]: [string, SiteContent],
  { siteId, people, now, onDone }: { siteId: number; people: ReadonlyMap<string, User>; now: Date; onDone: () => void },
): Promise<void> {
  const { docs: columns } = await payload.find({ collection: 'columns', where: { site: { equals: siteId } }, pagination: false, depth: 0, overrideAccess: true })
  const person = (role: string) => people.get(`${role}@${slug}.example`)!
  const office: Office & { slug: string } = {
    slug, siteId, columns: new Map(columns.map(({ key, id }) => [key, id])),
    editor: person('editor'), firstReviewer: person('first-reviewer'), secondReviewer: person('second-reviewer'), finalReviewer: person('final-reviewer'),
  }
  const policyIds = new Map<string, number>()
  // Oldest first, as they were written; a policy before what interprets it.
  const documents = [...content.documents].sort((one, other) =>
    Number(one.column === 'interpretations') - Number(other.column === 'interpretations') || other.daysAgo - one.daysAgo)
  for (const document of documents) {
    const id = await publishDemoDocument(payload, office, document, { now, policyIds })
    if (document.column === 'policies') policyIds.set(document.title, id)
    onDone()
  }
  for (const letter of content.letters) {
    await publishDemoLetter(payload, office, letter, { now, secret: env().PAYLOAD_SECRET })
    onDone()
  }
}

async function main(): Promise<void> {
  const payload = await getPayload({ config, disableOnInit: true })
  const { values } = parseArgs({ options: { only: { type: 'string' } } })
  const { accounts, documents } = await seedDemo(payload, {
    now: new Date(),
    ...(values.only ? { only: values.only.split(',') } : {}),
    onProgress: (done, total) => { if (done % 50 === 0 || done === total) console.log(`  演示内容 ${done}/${total}`) },
  })
  writeFileSync(join(env().DATA_DIR, 'demo-accounts.json'), `${JSON.stringify(accounts, null, 2)}\n`, { mode: 0o600 })
  console.log(`  写入了 ${JIANGSU_SITES.length} 个站点、${accounts.length} 个演示账号、${documents} 篇内容`)
  await payload.destroy()
}

if (import.meta.main) {
  await main()
  process.exit(0)
}
