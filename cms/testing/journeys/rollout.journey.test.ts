import type { Browser } from 'playwright-core'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser, picture } from '../browser.ts'
import { CHROMIUM_HINT, findChromium } from '../chromium.ts'
import { askPortal, eventually, type RunningCluster, startCluster } from '../running-cluster.ts'
import { inAdmin } from './in-admin.ts'

/** A city with a county of each region, one more city, and the province: enough for three rings. */
const SITES = ['jiangsu', 'nanjing', 'nanjing-xuanwu', 'nantong', 'nantong-chongchuan', 'xuzhou', 'xuzhou-gulou', 'suzhou', 'suzhou-kunshan']
const PICTURES = process.env.PICTURES_DIR
const LESSON = '试点期间栏目页翻页不够明显，已记下，下一版改进。'

const chromiumPath = findChromium()
if (!chromiumPath) console.warn(CHROMIUM_HINT)

describe.skipIf(!chromiumPath)('a rollout, seen by the steward', () => {
  let cluster: RunningCluster
  let database: Client
  let browser: Browser
  beforeAll(async () => {
    cluster = await startCluster({ sites: ['nanjing', 'suzhou-kunshan'] })
    database = new Client({ connectionString: cluster.database.adminUrl })
    await database.connect()
    // A hundred sites more are looked at in the same way, and take their time.
    await database.query("set session_replication_role = 'replica'")
    for (const [table, key] of [['layouts', 'site_id'], ['columns', 'site_id'], ['sites', 'id']]) {
      await database.query(`delete from ${table} where ${key} in (select id from sites where slug <> all ($1))`, [SITES])
    }
    await database.query('delete from delivery.sites where slug <> all ($1)', [SITES])
    await database.query("set session_replication_role = 'origin'")
    await database.query("select delivery.announce(array['directory', 'cluster'])")
    browser = await openBrowser()
  }, 240_000)
  afterAll(async () => {
    await browser?.close()
    await database?.end()
    await cluster?.close()
  })
  const releaseOf = async (site: string) => {
    const styles = JSON.parse((await askPortal(cluster, site, '/releases.json')).text) as Record<string, string[]>
    const { text } = await askPortal(cluster, site, '/')
    return Object.entries(styles).filter(([, sheets]) => sheets.some((sheet) => text.includes(sheet))).map(([release]) => release).join()
  }

  it('goes from the plan over the dry run to the pilots, and returns a ring at a red gate', async () => {
    const admin = inAdmin({ cluster, browser, pictures: PICTURES })
    await admin.as(cluster.account('template-steward', 'jiangsu'), async (page) => {
      await page.getByRole('link', { name: '模板推行' }).click()
      await page.getByText('还没有经验').waitFor()
      await page.getByLabel('模板', { exact: true }).selectOption('standard-2')
      await picture(page, PICTURES, 'rollouts-empty')
      await page.getByRole('button', { name: '安排推行' }).click()
      await page.waitForURL(/\/admin\/rollouts\/\d+/)
      await page.getByText('还没有完整地预演过').waitFor()
      expect(await page.getByRole('button', { name: '开始试点' }).isDisabled()).toBe(true)

      // By keyboard: a list beside each site. Undone at once.
      const place = page.getByLabel('玄武区在哪一圈')
      await place.selectOption({ label: '全省' })
      await page.getByText('已把玄武区移到“全省”').waitFor()
      await picture(page, PICTURES, 'rollout-draft')
      await page.getByRole('button', { name: '撤销' }).click()
      await page.getByText('已把玄武区移到“试点”').waitFor()

      await page.getByRole('button', { name: '开始预演' }).click()
      await page.getByText(`看过全部 ${SITES.length} 个站点`).waitFor({ timeout: 120_000 })
      await picture(page, PICTURES, 'rollout-dry-run')
      await page.getByText('到现在为止没有发现问题').waitFor({ timeout: 5_000 })
      expect(await releaseOf('nanjing')).toBe('standard-1')

      await page.getByRole('button', { name: '开始试点' }).click()
      await page.getByText('一秒之内公众看到的就是新页面').waitFor()
      await page.getByRole('button', { name: '确定开始试点' }).click()
      await page.getByText('推行中').first().waitFor()
      await eventually(() => releaseOf('nanjing'), (release) => release === 'standard-2')
      expect(await releaseOf('suzhou')).toBe('standard-1')
      await page.locator('.cluster-ring--current').getByText('合格').nth(5).waitFor({ timeout: 120_000 })
      await page.getByText('这一圈的观察时间还有').first().waitFor()
      expect(await page.getByRole('button', { name: '推到下一圈' }).isDisabled()).toBe(true)
      await picture(page, PICTURES, 'rollout-pilots')

      // The ring has been lived with; meanwhile the next city has lost a mandated column.
      await database.query("update cluster.rollouts set switched_at = now() - interval '80 hours'")
      await database.query(`update delivery.sites set record = jsonb_set(record, '{columns}', jsonb_path_query_array(record->'columns', '$[*] ? (@.key != "notices")')) where slug = 'suzhou'`)
      await page.reload()
      await page.getByRole('button', { name: '推到下一圈' }).click()
      expect(await page.getByRole('button', { name: '确定推到下一圈' }).isDisabled()).toBe(true)
      await page.getByLabel(/这一圈学到了什么/).fill(LESSON)
      await picture(page, PICTURES, 'rollout-promote')
      await page.getByRole('button', { name: '确定推到下一圈' }).click()
      await page.getByText('检查不合格，自动退回').waitFor({ timeout: 60_000 })
      await page.getByText('缺少必设栏目“通知公告”').first().waitFor()
      expect(await releaseOf('nanjing')).toBe('standard-2')
      await eventually(() => releaseOf('suzhou'), (release) => release === 'standard-1')
      await picture(page, PICTURES, 'rollout-returned')
      await page.setViewportSize({ width: 390, height: 844 })
      await picture(page, PICTURES, 'rollout-returned-narrow')
      await page.setViewportSize({ width: 1440, height: 1000 })

      // From the figure to what is behind it.
      await page.goto(`${admin.origin}/admin/dashboard`)
      await page.getByRole('heading', { name: '全省总览' }).waitFor()
      await picture(page, PICTURES, 'dashboard')
      await page.getByRole('link', { name: /检查不合格/ }).click()
      await page.getByRole('link', { name: /有不合格/ }).first().waitFor()
      expect(await page.locator('tbody tr').allInnerTexts()).toEqual([expect.stringContaining('苏州市')])
      await picture(page, PICTURES, 'dashboard-red')
      await page.setViewportSize({ width: 390, height: 844 })
      await picture(page, PICTURES, 'dashboard-narrow')
      await page.setViewportSize({ width: 1440, height: 1000 })

      await page.goto(`${admin.origin}/admin/rollouts`)
      await page.getByText(LESSON).waitFor()
      await picture(page, PICTURES, 'rollouts')
    })
    await admin.as(cluster.account('site-admin', 'suzhou'), async (page) => {
      await page.goto(`${admin.origin}/admin/dashboard`)
      await page.getByRole('heading', { name: '苏州市及所辖站点总览' }).waitFor()
      expect(await page.getByText('南京市').count()).toBe(0)
      await picture(page, PICTURES, 'dashboard-city')
      await page.goto(`${admin.origin}/admin/rollouts`)
      await page.getByRole('heading', { name: '待办' }).waitFor()
    })
  }, 300_000)
})
