import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Pool } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findChromium } from '../testing/chromium.ts'
import { createTestDatabase, type TestDatabase } from '../testing/database.ts'
import { openPublicCopies, type PublicCopies } from '../testing/public-copies.ts'
import { picturePilots } from './picture-pilots.ts'
import { openMiniaturePortal } from './portal.fixtures.ts'

const SITE = 'suzhou-kunshan'
const chromium = findChromium()

describe.skipIf(!chromium)('pictures of pilots', () => {
  let database: TestDatabase
  let copies: PublicCopies
  let pool: Pool
  let portal: Awaited<ReturnType<typeof openMiniaturePortal>>
  beforeAll(async () => {
    database = await createTestDatabase()
    copies = await openPublicCopies(database.ownerUrl)
    pool = new Pool({ connectionString: database.appUrl })
    portal = await openMiniaturePortal({ sponsor: '昆山市编办' })
  })
  afterAll(async () => {
    await portal?.close()
    await pool?.end()
    await copies?.close()
    await database?.drop()
  })

  it('are taken once of each page and width, before and after, with what a browser finds', async () => {
    // Too pale to read: only a browser knows which colour a text has.
    portal.faults.body = '<p style="color: #eee; background: #fff">淡得看不清的一段话</p>'
    const { rows: [rollout] } = await copies.query<{ id: number }>(`
      insert into cluster.rollouts (release, state, rings, created_at, created_by_name) values ('standard-2', 'draft', '[]', now(), '季晓岚') returning id`)
    const { rows: [run] } = await copies.query<{ id: number }>(`
      insert into cluster.dry_runs (rollout_id, release, state, sites, started_at, person_name) values ($1, 'standard-2', 'done', '{}', now(), '季晓岚') returning id`, [rollout!.id])
    const camera = { chromium: chromium!, portalUrl: portal.url, origin: 'http://{slug}.localhost:4321', key: 'k'.repeat(32), folder: join(database.dataDir, 'pictures') }
    const take = () => picturePilots(pool, camera, { run: run!.id, release: 'standard-2', pilots: [SITE, 'atlantis'] })
    await take()
    const { rows } = await copies.query<{ kind: string; width: number; before_file: string; after_file: string; accessibility: string[] }>('select * from cluster.rollout_pictures order by id')
    expect(rows.map(({ kind, width }) => `${kind} ${width}`)).toEqual(['home 1440', 'home 390', 'column 1440', 'column 390'])
    for (const { before_file, after_file } of rows) {
      // A JPEG begins so.
      for (const file of [before_file, after_file]) expect(readFileSync(join(camera.folder, file)).subarray(0, 3).toString('hex')).toBe('ffd8ff')
    }
    expect(rows[0]!.accessibility.join()).toContain('color-contrast')
    const visits = portal.asked.filter(({ path }) => path === '/')
    expect(visits.map(({ trial }) => trial?.release ?? null)).toEqual([null, 'standard-2', null, 'standard-2'])
    // A worker that died half-way leaves the rest to the next; what is there is not taken again.
    portal.asked.length = 0
    await take()
    expect(portal.asked).toEqual([])
  }, 60_000)
})
