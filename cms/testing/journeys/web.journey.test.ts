import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser, picture } from '../browser.ts'
import { CHROMIUM_HINT, findChromium } from '../chromium.ts'
import { png } from '../files.ts'
import { type Answer, ask, type RunningCluster, startCluster } from '../running-cluster.ts'
import { inAdmin } from './in-admin.ts'

const SITE = 'suzhou-kunshan'
const PICTURES = process.env.PICTURES_DIR
/** What no answer may show: frameworks, languages, places on the disk, English of theirs. */
const TELLTALE = /next\.js|payload|node_modules|postgres|drizzle|\bat .+:\d+:\d+|stack|error:|not found|something went wrong|unexpected|syntaxerror/i

const chromiumPath = findChromium()
if (!chromiumPath) console.warn(CHROMIUM_HINT)

describe('the CMS on the web', () => {
  let cluster: RunningCluster
  let browser: Browser | undefined
  beforeAll(async () => {
    cluster = await startCluster({ sites: [SITE] })
    browser = chromiumPath ? await openBrowser() : undefined
  }, 180_000)
  afterAll(async () => {
    await browser?.close()
    await cluster?.close()
  })
  const askCms = (path: string, options: Parameters<typeof ask>[2] = {}): Promise<Answer> => ask(cluster.database.ports.cms, path, options)

  /** Everything that the browser refused on a page, as it happens. */
  function hearRefusals(page: Page): string[] {
    const refusals: string[] = []
    page.on('console', (message) => { if (/Content Security Policy|Refused to/.test(message.text())) refusals.push(message.text()) })
    page.on('pageerror', (error) => refusals.push(`${error.name}: ${error.message}`))
    return refusals
  }

  it.skipIf(!chromiumPath)('is worked with under a policy that lets only its own scripts run', async () => {
    const admin = inAdmin({ cluster, browser: browser!, pictures: PICTURES })
    await admin.as(cluster.account('editor', SITE), async (page) => {
      const refusals = hearRefusals(page)
      await page.reload()
      await page.getByRole('heading', { name: '待办' }).waitFor()
      const nonce = await page.locator('script[nonce]').first().evaluate((script) => (script as HTMLScriptElement).nonce)
      expect(nonce.length).toBeGreaterThan(20)
      await admin.write(page, { title: '政策下的写作', summary: '一句话', column: '工作动态', body: '在编辑器里写一段正文，再加粗几个字，保存为草稿。' })
      const editor = page.locator('[data-lexical-editor=true]').first()
      await editor.click()
      await page.keyboard.press('Control+A')
      await page.keyboard.press('Control+B')
      await page.getByRole('button', { name: '提交审核' }).waitFor()
      await picture(page, PICTURES, 'web-editor')

      await page.goto(`${admin.origin}/admin/collections/media/create`)
      const file = await png('门牌.png', 600, 400)
      await page.locator('input[type=file]').first().setInputFiles({ name: file.name, mimeType: file.mediaType, buffer: Buffer.from(file.bytes) })
      await page.locator('#field-alt').fill('一块红色的门牌')
      await page.locator('#action-save').click()
      await page.waitForURL(/\/admin\/collections\/media\/\d+/)
      await picture(page, PICTURES, 'web-media')

      await page.goto(`${admin.origin}/admin/collections/articles`)
      await page.getByText('政策下的写作').first().waitFor()
      expect(refusals).toEqual([])

      // What a text that slipped through would do: the browser runs none of it, and says so.
      await page.evaluate(() => document.body.insertAdjacentHTML('beforeend', '<img src="/icon.svg" onload="window.wasRun = true"><img src="x" onerror="window.wasRun = true">'))
      await expect.poll(() => refusals.length).toBeGreaterThan(0)
      expect(await page.evaluate(() => 'wasRun' in window)).toBe(false)
    })
  }, 120_000)

  it('keeps its cookie from scripts and from other sites', async () => {
    const { email, password } = cluster.account('editor', SITE)
    const answer = await askCms('/api/users/login', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ email, password }) })
    expect(answer.status).toBe(200)
    const cookie = String(answer.headers['set-cookie'])
    expect(cookie).toMatch(/HttpOnly/i)
    expect(cookie).toMatch(/SameSite=Strict/i)
    const token = /^[^;]+/.exec(cookie)![0]
    const write = (headers: Record<string, string>) => askCms('/api/articles', { method: 'POST', headers: { cookie: token, 'content-type': 'application/json', ...headers }, body: '{"title":"x"}' })
    expect((await write({ origin: 'https://evil.example' })).status).toBe(403)
    expect((await write({ 'sec-fetch-site': 'cross-site' })).status).toBe(403)
    // A cookie without a word of where the request comes from is no sign-in either.
    expect([401, 403]).toContain((await write({})).status)
    const preflight = await askCms('/api/articles', { method: 'OPTIONS', headers: { origin: 'https://evil.example', 'access-control-request-method': 'POST' } })
    expect(preflight.headers['access-control-allow-origin']).toBeUndefined()
  })

  it.each<[string, Parameters<typeof ask>[2], number]>([
    ['/api/nowhere', {}, 404], ['/nowhere', {}, 404], ['/api/articles/abc', {}, 404],
    ['/api/users/login', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"email":' }, 400],
    ['/api/articles', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{{{' }, 400],
    ['/api/users/login', { method: 'POST', headers: { 'content-type': 'application/json', 'transfer-encoding': 'chunked' }, body: '{}' }, 411],
    ['/%E0%A4%A', {}, 400], ['/api/%E0%A4%A', {}, 400], ['/api/users/login', { method: 'PROPFIND' }, 405],
  ])('says of %s what is wrong in Chinese, and nothing of what it is made of', async (path, options, status) => {
    const answer = await askCms(path, options)
    expect(answer.status).toBe(status)
    expect(answer.headers['x-powered-by']).toBeUndefined()
    const shown = answer.text.replace(/<script[^]*?<\/script>|<style[^]*?<\/style>|<link[^>]*>|<meta[^>]*>|<[^>]+>/g, ' ')
    expect(shown).not.toMatch(TELLTALE)
    expect(shown).toMatch(/[\u4e00-\u9fff]/)
  })
})
