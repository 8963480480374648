import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser, picture } from '../browser.ts'
import { CHROMIUM_HINT, findChromium } from '../chromium.ts'
import { askPortal, eventually, type RunningCluster, startCluster } from '../running-cluster.ts'
import { inAdmin } from './in-admin.ts'

const [PROVINCE, CITY, COUNTY] = ['jiangsu', 'suzhou', 'suzhou-kunshan'] as const
const PICTURES = process.env.PICTURES_DIR
const REASON = '紧急通知，先行发布'
const PUSHED = '全省机构编制事项线上办理通知'
const CORRECTED = '全省机构编制事项全程网办通知'
const OFFERED = '各地简政放权经验选登'
const SUBMITTED = '昆山代办员制度经验报送'
type Admin = ReturnType<typeof inAdmin>

const chromiumPath = findChromium()
if (!chromiumPath) console.warn(CHROMIUM_HINT)

describe.skipIf(!chromiumPath)('the province pushes, a county shows, declines and submits, its city accepts', () => {
  let cluster: RunningCluster
  let browser: Browser
  let admin: Admin

  beforeAll(async () => {
    cluster = await startCluster({ sites: [PROVINCE, CITY, COUNTY] })
    browser = await openBrowser()
    admin = inAdmin({ cluster, browser, pictures: PICTURES })
  }, 240_000)
  afterAll(async () => {
    await browser?.close()
    await cluster?.close()
  })

  const as = (duty: string, site: string, work: (page: Page) => Promise<void>) => admin.as(cluster.account(duty, site), work)
  const pool = async (page: Page, tab: string) => { await page.goto(`${admin.origin}/admin/content-pool?tab=${tab}`) }
  const body = '本通知自发布之日起执行，各地各部门结合实际抓好落实，具体办理流程见附后说明。'

  /** Writes as the editor and publishes as the final reviewer, whose page `then` goes on with. */
  async function publish(site: string, title: string, column: string, then: (page: Page, id: string) => Promise<void>): Promise<string> {
    let id = ''
    await as('editor', site, async (page) => { id = await admin.write(page, { title, summary: '要点见正文。', column, body }) })
    await as('final-reviewer', site, async (page) => {
      await admin.open(page, 'articles', id)
      await admin.act(page, '紧急发布', { state: '已发布', reason: REASON })
      await then(page, id)
    })
    return id
  }
  const push = async (page: Page, mode: string, city: string, name: string) => {
    await page.getByRole('button', { name: '推送…' }).click()
    await page.getByLabel(mode).check()
    await page.getByRole('group').filter({ hasText: city }).locator('summary').click()
    await page.getByLabel(name).check()
    await picture(page, PICTURES, `push-dialog-${mode.slice(0, 2)}`)
    await page.locator('.cluster-dialog__actions .cluster-button--main').click()
    await page.getByText(/^已推送/).waitFor()
  }

  it('a mandatory push stands on the county’s home page, with its source, and follows a correction', async () => {
    const id = await publish(PROVINCE, PUSHED, '通知公告', async (page) => {
      await push(page, '必登', '苏州机构编制', '昆山机构编制')
      await picture(page, PICTURES, 'pushed')
    })
    await eventually(() => askPortal(cluster, COUNTY, '/'), ({ text }) => text.includes(PUSHED))
    const page = await askPortal(cluster, COUNTY, `/articles/${id}/`)
    expect(page.status).toBe(200)
    expect(page.text).toContain(`<link rel="canonical" href="http://${PROVINCE}.localhost`)
    expect(page.text).toContain('转载')
    expect(page.text).toContain(cluster.account('editor', PROVINCE).name)
    await as('editor', PROVINCE, async (own) => {
      await admin.open(own, 'articles', id)
      await admin.act(own, '更正', { state: '草稿', reason: '通知名称不准确' })
      await own.locator('#field-title').fill(CORRECTED)
      await own.getByRole('button', { name: '保存', exact: true }).click()
      await own.getByText('已保存').first().waitFor()
    })
    await as('final-reviewer', PROVINCE, async (own) => {
      await admin.open(own, 'articles', id)
      await admin.act(own, '紧急发布', { state: '已发布', reason: REASON })
    })
    await eventually(() => askPortal(cluster, COUNTY, '/'), ({ text }) => text.includes(CORRECTED) && !text.includes(PUSHED))
    await as('editor', COUNTY, async (own) => {
      await pool(own, 'placed')
      await own.getByText('江苏机构编制的终审收回').waitFor()
      await picture(own, PICTURES, 'placed')
    })
  }, 120_000)

  it('an offer waits in the inbox and is declined with a reason that the province reads', async () => {
    await publish(PROVINCE, OFFERED, '通知公告', (page) => push(page, '选登', '苏州机构编制', '昆山机构编制'))
    await as('editor', COUNTY, async (page) => {
      await page.getByRole('link', { name: OFFERED }).click()
      await page.getByRole('heading', { name: '收到的推送' }).waitFor()
      await picture(page, PICTURES, 'received')
      await page.getByRole('button', { name: '不采用' }).click()
      await page.getByLabel('为什么不采用').fill('本地暂无相关做法')
      await picture(page, PICTURES, 'decline')
      await page.getByRole('button', { name: '确定不采用' }).click()
      await page.getByText('本地暂无相关做法').waitFor()
      await page.setViewportSize({ width: 390, height: 844 })
      await picture(page, PICTURES, 'received-390')
    })
    await as('final-reviewer', PROVINCE, async (page) => {
      await pool(page, 'pushed')
      await page.getByText('谁不采用，为什么').click()
      await page.getByText('本地暂无相关做法').waitFor()
      await picture(page, PICTURES, 'pushed-list')
    })
  }, 120_000)

  it('the county submits upward, the city accepts, and the points are counted', async () => {
    const id = await publish(COUNTY, SUBMITTED, '工作动态', async () => {})
    await as('editor', COUNTY, async (page) => {
      await admin.open(page, 'articles', id)
      await page.getByRole('button', { name: '报送上级' }).click()
      await page.getByRole('button', { name: '确定报送' }).click()
      await page.getByText('已报送苏州机构编制').waitFor()
      await picture(page, PICTURES, 'submitted')
    })
    await as('final-reviewer', CITY, async (page) => {
      await page.getByRole('link', { name: SUBMITTED }).click()
      await page.getByRole('heading', { name: '下级报送' }).waitFor()
      await page.getByRole('button', { name: '采用', exact: true }).click()
      await page.getByRole('button', { name: '确定' }).click()
      await page.getByText('已采用').waitFor()
      await picture(page, PICTURES, 'below')
    })
    await eventually(() => askPortal(cluster, CITY, '/'), ({ text }) => text.includes(SUBMITTED))
    await as('editor', COUNTY, async (page) => {
      await pool(page, 'year')
      await page.getByRole('cell', { name: '1 分', exact: true }).waitFor()
      await picture(page, PICTURES, 'year')
      await pool(page, 'adoptable')
      await page.getByRole('heading', { name: '可采用的内容' }).waitFor()
      await picture(page, PICTURES, 'adoptable')
      await page.setViewportSize({ width: 390, height: 844 })
      await picture(page, PICTURES, 'adoptable-390')
    })
  }, 120_000)
})
