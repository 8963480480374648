import type { Browser } from 'playwright-core'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser, picture } from '../browser.ts'
import { CHROMIUM_HINT, findChromium } from '../chromium.ts'
import { askPortal, eventually, type RunningCluster, startCluster } from '../running-cluster.ts'
import { inAdmin } from './in-admin.ts'

const [FROM, INTO] = ['suzhou-kunshan', 'suzhou-taicang']
const PICTURES = process.env.PICTURES_DIR

const chromiumPath = findChromium()
if (!chromiumPath) console.warn(CHROMIUM_HINT)

describe.skipIf(!chromiumPath)('two counties that become one, seen by the province', () => {
  let cluster: RunningCluster
  let browser: Browser
  beforeAll(async () => {
    cluster = await startCluster({ sites: [FROM] })
    // What is in review in the demo texts is taken back first: a merger waits for it.
    const database = new Client({ connectionString: cluster.database.adminUrl })
    await database.connect()
    for (const table of ['articles', 'policies', 'letters']) await database.query(`update ${table} set state = 'draft' where state::text like '%-review' or state = 'scheduled'`)
    await database.end()
    browser = await openBrowser()
  }, 240_000)
  afterAll(async () => {
    await browser?.close()
    await cluster?.close()
  })
  const ask = (site: string, path: string) => askPortal(cluster, site, path)

  it('are merged step by step, and every old address leads to one that is there', async () => {
    const addresses = await addressesOf()
    expect(addresses.length).toBeGreaterThan(8)
    await inAdmin({ cluster, browser, pictures: PICTURES }).as(cluster.account('province-admin', 'jiangsu'), async (page) => {
      await page.goto(`http://localhost:${cluster.database.ports.cms}/admin/site-changes`)
      await page.getByLabel('合并站点').check()
      await page.getByLabel('被合并的站点').selectOption(FROM)
      await page.getByLabel('接收站点（同级）').selectOption(INTO)
      await picture(page, PICTURES, 'site-changes-new')
      await page.getByRole('button', { name: '列出清单' }).click()
      const take = async (name: RegExp, confirm?: string) => {
        await page.getByRole('button', { name }).click()
        if (confirm) await page.getByLabel(/请照样输入站点名称/).fill(confirm)
        await page.getByRole('button', { name: '确定' }).click()
      }
      await page.getByRole('heading', { name: '清单' }).waitFor()
      await picture(page, PICTURES, 'site-changes-check-list')
      await take(/^第 1 步/)
      await page.getByText('已办 1 步').waitFor()
      await take(/^第 2 步/)
      await page.getByText('已办 2 步').waitFor()
      await take(/^第 3 步/)
      await page.getByText('已办 3 步').waitFor()
      await page.setViewportSize({ width: 390, height: 844 })
      await picture(page, PICTURES, 'site-changes-narrow')
      await page.setViewportSize({ width: 1440, height: 1000 })
      await take(/^第 4 步/)
      await page.getByText('已办 4 步').waitFor()
      await take(/^第 5 步/, '昆山机构编制')
      await page.getByText('已办结').waitFor()
      await picture(page, PICTURES, 'site-changes-done')
    })
    await eventually(() => ask(FROM, '/'), ({ status }) => status === 301)
    for (const path of addresses) {
      const old = await ask(FROM, path)
      expect([path, old.status]).toEqual([path, 301])
      const there = new URL(String(old.headers.location))
      expect(there.hostname).toBe(`${INTO}.localhost`)
      expect([path, (await ask(INTO, `${there.pathname}${there.search}`)).status]).toEqual([path, 200])
    }
  }, 120_000)

  /** Addresses of the county as its own map for crawlers has them, and those that it has beside. */
  async function addressesOf(): Promise<string[]> {
    const map = (await ask(FROM, '/sitemap.xml')).text
    const listed = [...map.matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, url = '']) => new URL(url).pathname)
    return [...new Set(['/', '/rss.xml', '/search/', '/sitemap/', ...listed])]
  }
})
