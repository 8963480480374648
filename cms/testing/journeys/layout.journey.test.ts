import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { Client } from 'pg'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser, picture } from '../browser.ts'
import { CHROMIUM_HINT, findChromium } from '../chromium.ts'
import { askPortal, eventually, type RunningCluster, startCluster } from '../running-cluster.ts'
import { inAdmin } from './in-admin.ts'

const SITE = 'suzhou-kunshan'
const PICTURES = process.env.PICTURES_DIR
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const CHAIN = [['first-reviewer', '初审通过', '待复审'], ['second-reviewer', '复审通过', '待终审'], ['final-reviewer', '通过并发布', '已发布']] as const

const chromiumPath = findChromium()
if (!chromiumPath) console.warn(CHROMIUM_HINT)

describe.skipIf(!chromiumPath)('an office arranging its home page', () => {
  let cluster: RunningCluster
  let browser: Browser
  let admin: ReturnType<typeof inAdmin>

  beforeAll(async () => {
    cluster = await startCluster({ sites: [SITE] })
    browser = await openBrowser()
    admin = inAdmin({ cluster, browser, pictures: PICTURES })
  }, 180_000)
  afterAll(async () => {
    await browser?.close()
    await cluster?.close()
  })

  const person = (duty: string) => cluster.account(duty, SITE)
  /** The site runs a release, as a rollout has it. */
  const run = async (release: string) => {
    const owner = new Client({ connectionString: cluster.database.adminUrl })
    await owner.connect()
    await owner.query('update sites set release = $1 where slug = $2', [release, SITE])
    await owner.query(`update delivery.sites set record = jsonb_set(record, '{release}', to_jsonb($1::text)) where slug = $2`, [release, SITE])
    await owner.query(`select delivery.announce(array['site:' || $1])`, [SITE])
    await owner.end()
  }
  const openLayout = async (page: Page) => {
    await page.goto(`${admin.origin}/admin/layout`)
    await page.waitForURL(/\/admin\/collections\/layouts\/\d+/)
    await page.getByRole('heading', { name: '首页板块，从上到下' }).waitFor()
    return /layouts\/(\d+)/.exec(page.url())![1]!
  }
  const blocks = (page: Page) => page.locator('.cluster-block').evaluateAll((items) => items.map((item) => item.getAttribute('data-block')))
  /** Where a hand takes a block: on its name. */
  const middle = async (page: Page, block: string) => {
    const box = (await page.locator(`[data-block=${block}] .cluster-block__name`).boundingBox())!
    return { x: box.x + 40, y: box.y + box.height / 2 }
  }
  const preview = (page: Page) => page.frameLocator('iframe[title="首页预览"]')
  const differs = (page: Page) => page.locator('.cluster-layout__part').first().innerText()

  it('sees what is locked before trying, and is refused by name when forcing it', async () => {
    await admin.as(person('editor'), async (page) => {
      const id = await openLayout(page)
      expect(await page.locator('[data-block=notices]').innerText()).toContain('锁定：只有省级模板管理员能改')
      expect(await page.locator('[data-block=notices] button').count()).toBe(0)
      expect(await page.locator('.cluster-layout').innerText()).toContain('“主色”由全省统一模板 1规定')
      await preview(page).locator('h1, header').first().waitFor()
      await picture(page, PICTURES, 'layout-1-locked-1440')
      const forced = await page.evaluate(async (path) => {
        const { version } = await (await fetch(`${path}?depth=0`, { credentials: 'include' })).json()
        const answer = await fetch(`${path}?depth=0`, { method: 'PATCH', credentials: 'include', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ version, order: ['notices'] }) })
        return { status: answer.status, text: await answer.text() }
      }, `/api/layouts/${id}`)
      expect(forced.status).toBe(403)
      expect(forced.text).toContain('通知公告')
    })
  }, 90_000)

  it('moves, hides, colours and links, sees the real page follow, takes a step back, and hands it on', async () => {
    await run('standard-2')
    await admin.as(person('editor'), async (page) => {
      await openLayout(page)
      await preview(page).locator('main').first().waitFor()
      const before = await blocks(page)

      // By keyboard: the focus stays with the block, and its new place is told.
      await page.locator('[data-block=letters] [data-control=up]').focus()
      await page.keyboard.press('Alt+ArrowUp')
      await page.keyboard.press('Alt+ArrowUp')
      await page.keyboard.press('Alt+ArrowUp')
      expect((await blocks(page)).indexOf('letters')).toBe(before.indexOf('letters') - 3)
      expect(await page.locator('.cluster-layout__part [role=status]').innerText()).toContain('“互动交流”移到第 2 位')
      expect(await page.evaluate(() => document.activeElement?.closest('[data-block]')?.getAttribute('data-block'))).toBe('letters')
      await page.locator('[data-block=letters] button:focus').waitFor()

      // By hand.
      await page.setViewportSize({ width: 1440, height: 2200 })
      const [from, to] = await Promise.all([middle(page, 'sites'), middle(page, 'notices')])
      await page.mouse.move(from.x, from.y)
      await page.mouse.down()
      await page.mouse.move(from.x + 6, from.y - 6, { steps: 3 })
      await page.mouse.move(to.x, to.y, { steps: 8 })
      await page.mouse.up()
      await eventually(() => blocks(page), (order) => order.indexOf('sites') === before.indexOf('notices') + 1)
      await page.setViewportSize({ width: 1440, height: 1000 })

      await page.locator('[data-block=institutions]').getByRole('button', { name: '不显示' }).click()
      await page.getByRole('radio', { name: '松绿' }).check()
      await page.getByRole('button', { name: '添加一条链接' }).click()
      await page.getByLabel('第 1 条名称').fill('昆山市政府')
      await page.getByLabel('第 1 条网址').fill('www.example.gov.cn')
      expect(await page.locator('.cluster-links .cluster-bad').innerText()).toContain('网址以 https:// 开头')
      await page.getByLabel('第 1 条网址').fill('https://www.example.gov.cn/')
      await page.locator('.cluster-links .cluster-bad').waitFor({ state: 'detached' })
      await preview(page).getByText('昆山市政府', { exact: true }).first().waitFor()
      await preview(page).locator('[data-accent=pine]').first().waitFor()

      // One step back and forth.
      await page.locator('[data-block=approvals] [data-control=down]').click()
      const moved = await blocks(page)
      await page.keyboard.press('Control+z')
      expect(await blocks(page)).not.toEqual(moved)
      await page.keyboard.press('Control+y')
      expect(await blocks(page)).toEqual(moved)
      await page.keyboard.press('Control+z')

      expect(await differs(page)).toContain('“互动交流”从第 5 位移到第 2 位')
      expect(await differs(page)).toContain('不再显示“机构信息”')
      await picture(page, PICTURES, 'layout-2-arranged-1440')
      await page.evaluate(AXE)
      expect(await page.evaluate(async () => {
        const { axe } = window as unknown as { axe: { run: (within: string, options: object) => Promise<{ violations: Array<{ id: string; nodes: Array<{ html: string }> }> }> } }
        const { violations } = await axe.run('.cluster-layout', { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'], iframes: false })
        return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' | ')}`)
      })).toEqual([])
      await page.setViewportSize({ width: 390, height: 844 })
      await page.getByRole('button', { name: '手机' }).click()
      await page.getByRole('link', { name: '看预览' }).click()
      await page.getByText('预览是现在的样子').waitFor()
      await preview(page).getByText('昆山市政府', { exact: true }).first().waitFor()
      if (PICTURES) await page.screenshot({ path: `${PICTURES}/layout-3-preview-390.png` })
      await picture(page, PICTURES, 'layout-3-arranged-390')
      expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBeLessThanOrEqual(0)
      await page.setViewportSize({ width: 1440, height: 1000 })

      // Nothing of it is public, however real it looks.
      expect((await askPortal(cluster, SITE, '/')).text).not.toContain('昆山市政府</a>')
      await admin.act(page, '保存并提交审核', { state: '待初审' })
    })
  }, 120_000)

  it('passes three reviews, each told in words what changes, and is what the public sees', async () => {
    for (const [duty, button, state] of CHAIN) {
      await admin.as(person(duty), async (page) => {
        await openLayout(page)
        expect(await differs(page)).toContain('添加本地链接“昆山市政府”（https://www.example.gov.cn/）')
        await preview(page).getByText('昆山市政府', { exact: true }).first().waitFor()
        if (duty === 'first-reviewer') await picture(page, PICTURES, 'layout-4-review-1440')
        await admin.act(page, button, { state })
      })
    }
    const home = await eventually(() => askPortal(cluster, SITE, '/'), ({ text }) => text.includes('昆山市政府'))
    expect(home.text).toContain('data-accent="pine"')
    expect(home.headers['content-security-policy']).toContain("frame-ancestors 'none'")
  }, 120_000)
})
