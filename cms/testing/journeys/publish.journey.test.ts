import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser, picture } from '../browser.ts'
import { CHROMIUM_HINT, findChromium } from '../chromium.ts'
import { askPortal, eventually, type RunningCluster, startCluster } from '../running-cluster.ts'
import { inAdmin } from './in-admin.ts'

const SITE = 'suzhou-kunshan'
const TITLE = '昆山试行镇村两级代办员持证上岗'
const SUMMARY = '首批 86 名代办员通过考核上岗，群众可按证件编号评价。'
const BODY = '花桥、巴城两地先行，代办员经统一培训和考核后持证上岗，证件上有姓名、服务事项和监督电话。'
const REASON = '首批人数统计口径有误，核实后重新发布'
const PICTURES = process.env.PICTURES_DIR
type Admin = ReturnType<typeof inAdmin>

const chromiumPath = findChromium()
if (!chromiumPath) console.warn(CHROMIUM_HINT)

describe.skipIf(!chromiumPath)('an editor in 昆山 writes, three people review, the public reads', () => {
  let cluster: RunningCluster
  let browser: Browser
  let admin: Admin
  let article = ''

  beforeAll(async () => {
    cluster = await startCluster({ sites: [SITE] })
    browser = await openBrowser()
    admin = inAdmin({ cluster, browser, pictures: PICTURES })
  }, 180_000)
  afterAll(async () => {
    await browser?.close()
    await cluster?.close()
  })

  const as: Admin['as'] = (account, work) => admin.as(account, work)
  const review = (duty: string, button: string, confirm?: string) => as(cluster.account(duty, SITE), async (page) => {
    await page.getByRole('link', { name: TITLE }).click()
    await page.getByRole('button', { name: button }).click()
    if (confirm) await page.getByRole('button', { name: confirm }).click()
    await page.getByRole('button', { name: button }).waitFor({ state: 'detached' })
    await picture(page, PICTURES, `admin-${duty}`)
  })
  const onPortal = async <T>(path: string, look: (page: Page) => Promise<T>): Promise<T> => {
    const context = await browser.newContext({ viewport: { width: 390, height: 844 }, javaScriptEnabled: false })
    try {
      const page = await context.newPage()
      await page.goto(`http://${SITE}.localhost:${cluster.database.ports.portal}${path}`)
      return await look(page)
    } finally {
      await context.close()
    }
  }
  const search = async () => JSON.parse((await askPortal(cluster, 'jiangsu', `/api/search?q=${encodeURIComponent(TITLE)}`)).text) as { hits: Array<{ title: string; url: string }> }
  const mentions = async (path: string) => (await askPortal(cluster, SITE, path)).text.includes(TITLE)

  it('the editor writes in the admin and submits', async () => {
    await as(cluster.account('editor', SITE), async (page) => {
      await picture(page, PICTURES, 'admin-inbox')
      article = await admin.write(page, { title: TITLE, summary: SUMMARY, column: '工作动态', body: BODY })
      await page.getByRole('button', { name: '提交审核' }).click()
      await page.getByText('待初审').first().waitFor()
      await picture(page, PICTURES, 'admin-submitted')
    })
    expect((await askPortal(cluster, SITE, `/articles/${article}/`)).status).toBe(404)
  }, 120_000)

  it('three different people review it, each from their own inbox', async () => {
    await review('first-reviewer', '初审通过')
    await review('second-reviewer', '复审通过')
    expect((await askPortal(cluster, SITE, `/articles/${article}/`)).status).toBe(404)
    await review('final-reviewer', '通过并发布', '确定通过并发布')
  }, 120_000)

  it('the public finds it on the home page without scripts, and reads who answers for it', async () => {
    await eventually(() => mentions('/'), Boolean)
    const names = ['editor', 'first-reviewer', 'second-reviewer', 'final-reviewer'].map((duty) => cluster.account(duty, SITE).name)
    await onPortal('/', async (page) => {
      await page.getByRole('link', { name: TITLE }).first().click()
      expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe(TITLE)
      const text = await page.locator('main').innerText()
      expect(text).toContain(BODY)
      for (const name of names) expect(text).toContain(name)
      await picture(page, PICTURES, 'public-article')
    })
  })

  it('the public finds it by searching', async () => {
    await eventually(search, ({ hits }) => hits.some(({ title }) => title === TITLE))
    await onPortal('/search/', async (page) => {
      await page.locator('main input[type=search], main input[name=q]').first().fill('代办员 持证')
      await page.keyboard.press('Enter')
      await page.waitForURL(/q=/)
      expect(await page.locator('main').innerText()).toContain('代办员')
    })
  })

  it('withdrawn, it leaves a page that says so, and is gone from lists, feed, site map and search', async () => {
    for (const path of ['/', '/columns/updates/', '/rss.xml']) expect({ path, isThere: await mentions(path) }).toEqual({ path, isThere: true })
    expect((await askPortal(cluster, SITE, '/sitemap.xml')).text).toContain(`/articles/${article}/`)
    await as(cluster.account('final-reviewer', SITE), async (page) => {
      await page.goto(`http://localhost:${cluster.database.ports.cms}/admin/collections/articles/${article}`)
      await page.getByText('其他操作').click()
      await page.getByRole('button', { name: '撤稿', exact: true }).click()
      await page.locator('textarea[id$=reason]').fill(REASON)
      await page.getByRole('button', { name: '确定撤稿' }).click()
      await page.getByText('已撤稿').first().waitFor()
    })
    const gone = await eventually(() => askPortal(cluster, SITE, `/articles/${article}/`), ({ status }) => status === 410)
    expect(gone.text).toContain(REASON)
    expect(gone.text).toContain(cluster.account('final-reviewer', SITE).name)
    for (const path of ['/', '/columns/updates/', '/rss.xml']) await eventually(() => mentions(path), (isThere) => !isThere)
    await eventually(() => askPortal(cluster, SITE, '/sitemap.xml'), ({ text }) => !text.includes(`/articles/${article}/`))
    await eventually(search, ({ hits }) => hits.every(({ title }) => title !== TITLE))
    await onPortal(`/articles/${article}/`, (page) => picture(page, PICTURES, 'public-gone'))
  }, 120_000)

  it('a letter is sent without scripts, and its holder sees where it stands', async () => {
    const context = await browser.newContext({ viewport: { width: 390, height: 844 }, javaScriptEnabled: false })
    const page = await context.newPage()
    await page.goto(`http://${SITE}.localhost:${cluster.database.ports.portal}/letters/new/`)
    await page.locator('[name=kind][value=inquiry]').check().catch(() => page.locator('select[name=kind]').selectOption('inquiry'))
    await page.locator('[name=name]').fill('王小明')
    await page.locator('[name=contact]').fill('13812345678')
    await page.locator('[name=title]').fill('社区工作者算事业编制吗')
    await page.locator('[name=text]').fill('我母亲是社区工作者，想问一下社区工作者属于事业编制吗？')
    await page.locator('main form button[type=submit]').last().click()
    const receipt = await page.locator('main').innerText()
    const code = /[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}/.exec(receipt)?.[0]
    expect(receipt).toContain('查询码')
    expect(code).toBeDefined()
    await picture(page, PICTURES, 'public-letter-receipt')
    await page.goto(`http://${SITE}.localhost:${cluster.database.ports.portal}/letters/status/`)
    await page.locator('main input[name=code]').fill(code!.toLowerCase().replaceAll('-', ' '))
    await page.locator('main form button[type=submit]').last().click()
    const status = await page.locator('main').innerText()
    expect(status).toContain('社区工作者算事业编制吗')
    expect(status).not.toContain('王小明')
    expect(status).not.toContain('13812345678')
    await picture(page, PICTURES, 'public-letter-status')
    await context.close()
  }, 60_000)
})
