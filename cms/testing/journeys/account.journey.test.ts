import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { codeAt } from '../../domains/people/second-factor/totp.ts'
import { signIn } from '../api.ts'
import { openBrowser, picture } from '../browser.ts'
import { CHROMIUM_HINT, findChromium } from '../chromium.ts'
import { type RunningCluster, startCluster } from '../running-cluster.ts'

const SITE = 'suzhou-kunshan'
const EMAIL = 'luo.qinghe@suzhou-kunshan.example'
const FIRST_PASSWORD = 'Given-9-Wallpaper-By'
const PASSWORD = 'Quiet-9-Kettle-On-Moss'
const PICTURES = process.env.PICTURES_DIR
const STEP_MS = 30_000

const chromiumPath = findChromium()
if (!chromiumPath) console.warn(CHROMIUM_HINT)

describe.skipIf(!chromiumPath)('a new colleague comes in for the first time', () => {
  let cluster: RunningCluster
  let browser: Browser
  let desk: BrowserContext
  let page: Page
  let secret = ''
  let recoveryCodes: string[] = []

  const address = (path: string) => `http://localhost:${cluster.database.ports.cms}${path}`
  const open = async (width = 1280): Promise<BrowserContext> => {
    const context = await browser.newContext({ viewport: { width, height: 900 }, locale: 'zh-CN' })
    context.setDefaultTimeout(STEP_MS)
    return context
  }
  const typePassword = async (on: Page, password: string) => {
    await on.goto(address('/admin/login'))
    await on.locator('input[name=email]').fill(EMAIL)
    await on.locator('input[name=password]').fill(password)
    await on.locator('button[type=submit]').click()
  }
  const typeCode = async (on: Page, code: string) => {
    await on.locator('input[name=code]').fill(code)
    await on.locator('button[type=submit]').click()
  }
  /** Takes the same picture on a desk and on a telephone. */
  const pictures = async (name: string) => {
    await picture(page, PICTURES, `${name}-1280`)
    if (!PICTURES) return
    await page.setViewportSize({ width: 390, height: 844 })
    await picture(page, PICTURES, `${name}-390`)
    await page.setViewportSize({ width: 1280, height: 900 })
  }

  beforeAll(async () => {
    cluster = await startCluster({ sites: [SITE] })
    browser = await openBrowser()
    desk = await open()
    page = await desk.newPage()
    const security = await signIn(cluster, cluster.account('security-admin', 'jiangsu'))
    const found = await security.call('GET', `/api/sites?where[slug][equals]=${SITE}`)
    const site = (found.json.docs as Array<{ id: number }>)[0]!.id
    await security.create('users', { email: EMAIL, password: FIRST_PASSWORD, name: '罗清和', unit: '综合科', site, grants: [{ duty: 'editor', site }] })
    const settings = await security.call('POST', '/api/security/settings', { idleMinutes: 30, secondFactorDuties: ['editor'] })
    expect(settings.status).toBe(200)
  }, 180_000)
  afterAll(async () => {
    await browser?.close()
    await cluster?.close()
  })

  it('changes the password before anything else opens', async () => {
    await page.goto(address('/admin/login'))
    await pictures('sign-in')
    await typePassword(page, 'Wrong-9-Wallpaper-By')
    await page.getByRole('alert').getByText('没有登录成功').waitFor()
    await typePassword(page, FIRST_PASSWORD)
    await page.getByRole('heading', { name: '请先修改密码' }).waitFor()
    for (const path of ['/admin', '/admin/collections/articles', '/admin/collections/articles/create', '/admin/account', '/admin/security']) {
      await page.goto(address(path))
      await page.getByRole('heading', { name: '请先修改密码' }).waitFor()
    }
    const change = async (password: string) => {
      await page.getByLabel('现在的密码').fill(FIRST_PASSWORD)
      await page.getByLabel('新密码', { exact: true }).fill(password)
      await page.getByLabel('再输一次新密码').fill(password)
      await page.getByRole('button', { name: '修改密码' }).click()
    }
    await change('Luoqinghe-1990')
    await page.getByRole('alert').getByText('与您的姓名').waitFor()
    await pictures('change-password')
    await change(PASSWORD)
  }, 120_000)

  it('binds a telephone, because the duty asks for it', async () => {
    await page.getByRole('heading', { name: '请先绑定动态验证码' }).waitFor()
    await page.goto(address('/admin/collections/articles'))
    await page.getByRole('heading', { name: '请先绑定动态验证码' }).waitFor()
    await page.getByRole('button', { name: '开始绑定' }).click()
    await page.getByText('不能扫描').click()
    secret = (await page.locator('.cluster-secret').innerText()).replaceAll(/\s/g, '')
    expect(await page.locator('svg.cluster-qr path').getAttribute('d')).toMatch(/^M/)
    await pictures('enrol')
    await typeCode(page, '000000')
    await page.getByRole('alert').getByText('验证码不对').waitFor()
    await typeCode(page, codeAt(secret, new Date()))
    // All ten are there before they are read: neither of these two questions waits by itself.
    await page.locator('.cluster-codes code').nth(9).waitFor()
    recoveryCodes = await page.locator('.cluster-codes code').allInnerTexts()
    expect(new Set(recoveryCodes).size).toBe(10)
    await pictures('recovery-codes')
    await page.getByRole('button', { name: '我已保存好' }).click()
    await page.getByRole('heading', { name: '待办' }).waitFor()
  }, 120_000)

  it('signs out, and in again with password and code', async () => {
    await page.goto(address('/admin/logout'))
    await page.locator('input[name=password]').waitFor()
    await page.goto(address('/admin'))
    await page.waitForURL(/\/admin\/login/)
    await typePassword(page, PASSWORD)
    await page.getByRole('heading', { name: '请输入动态验证码' }).waitFor()
    await pictures('code')
    // A code opens once: the one after the present is new for certain.
    await typeCode(page, codeAt(secret, new Date(Date.now() + 30_000)))
    await page.getByRole('heading', { name: '待办' }).waitFor()
  }, 120_000)

  it('comes in elsewhere with a recovery code, and ends that session from the desk', async () => {
    const telephone = await open(390)
    const other = await telephone.newPage()
    await typePassword(other, PASSWORD)
    await typeCode(other, recoveryCodes[0]!.toLowerCase())
    await other.getByRole('heading', { name: '待办' }).waitFor()

    await page.goto(address('/admin/account'))
    const sessions = page.getByRole('region', { name: '正在登录的设备' })
    await sessions.locator('tbody tr').nth(1).waitFor()
    expect(await sessions.locator('tbody tr').count()).toBe(2)
    const history = page.getByRole('region', { name: '最近的登录' })
    for (const words of ['密码和恢复码', '密码和动态验证码']) expect(await history.innerText()).toContain(words)
    expect(await history.innerText()).toContain('失败：密码不对')
    await pictures('account')
    await sessions.getByRole('button', { name: '结束', exact: true }).click()
    await sessions.locator('tbody tr').nth(1).waitFor({ state: 'detached' })

    await other.goto(address('/admin/collections/articles'))
    await other.waitForURL(/\/admin\/login/)
    await telephone.close()
  }, 120_000)

  it('is helped by the security administrator when the telephone is lost', async () => {
    const office = await open()
    const admin = await office.newPage()
    const account = cluster.account('security-admin', 'jiangsu')
    await admin.goto(address('/admin/login'))
    await admin.locator('input[name=email]').fill(account.email)
    await admin.locator('input[name=password]').fill(account.password)
    await admin.locator('button[type=submit]').click()
    await admin.getByRole('link', { name: '账号安全' }).click()
    await admin.getByRole('heading', { name: '登录记录' }).waitFor()
    expect(await admin.locator('main, .cluster-account').first().innerText()).toContain('罗清和')
    await picture(admin, PICTURES, 'security-1280')
    const id = await page.evaluate(async () => (await (await fetch('/api/account')).json() as { id: number }).id)
    await admin.goto(address(`/admin/collections/users/${id}`))
    await admin.getByRole('button', { name: '重置动态验证码' }).click()
    await admin.getByLabel('原因和核实方式').fill('手机丢失，已当面核实')
    await picture(admin, PICTURES, 'reset-1280')
    await admin.getByRole('button', { name: '确定重置' }).click()
    await admin.getByText('没有绑定动态验证码').waitFor()
    await office.close()
    await page.goto(address('/admin'))
    await page.waitForURL(/\/admin\/login/)
  }, 120_000)
})
