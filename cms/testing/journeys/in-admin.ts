import type { Browser, Page } from 'playwright-core'
import type { DemoAccount } from '../../seed/accounts.ts'
import { picture } from '../browser.ts'
import type { RunningCluster } from '../running-cluster.ts'

const PATIENCE_MS = 30_000

export type Visit = { page: Page; leave: () => Promise<void> }

/** The admin as people use it, each in a browser session of their own. */
export function inAdmin({ cluster, browser, pictures }: { cluster: RunningCluster; browser: Browser; pictures: string | undefined }) {
  const origin = `http://localhost:${cluster.database.ports.cms}`

  /** Signs a person in; they stand before their inbox. */
  async function enter(account: DemoAccount): Promise<Visit> {
    const context = await browser.newContext({ viewport: { width: 1440, height: 1000 }, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' })
    const page = await context.newPage()
    page.setDefaultTimeout(PATIENCE_MS)
    await page.goto(`${origin}/admin/login`)
    await page.locator('input[name=email]').fill(account.email)
    await page.locator('input[name=password]').fill(account.password)
    await page.locator('button[type=submit]').click()
    await page.getByRole('heading', { name: '待办' }).waitFor()
    return { page, leave: () => context.close() }
  }

  /** Does something as a person; a picture is kept of what went wrong. */
  async function as(account: DemoAccount, work: (page: Page) => Promise<void>): Promise<void> {
    const { page, leave } = await enter(account)
    try {
      await work(page)
    } catch (error) {
      await picture(page, pictures, `failed-${account.duty}`)
      throw error
    } finally {
      await leave()
    }
  }

  /** Writes an article of the column and saves it as a draft; answers its number. */
  async function write(page: Page, { title, summary, column, body }: { title: string; summary: string; column: string; body: string }): Promise<string> {
    await page.getByRole('link', { name: '写稿件' }).click()
    await page.locator('#field-title').fill(title)
    await page.locator('#field-summary').fill(summary)
    await page.locator('#field-column').click()
    await page.getByRole('option', { name: column }).click()
    await page.locator('[data-lexical-editor=true]').first().click()
    await page.keyboard.insertText(body)
    await page.getByRole('button', { name: '保存草稿' }).click()
    await page.waitForURL(/\/admin\/collections\/articles\/\d+/)
    return /articles\/(\d+)/.exec(page.url())![1]!
  }

  /** Presses a button of the review panel, confirms what its dialog asks, and waits until the document is in the state. */
  async function act(page: Page, button: string, { state, reason, time }: { state: string; reason?: string; time?: string }): Promise<void> {
    const action = page.getByRole('button', { name: button, exact: true })
    if (!await action.isVisible().catch(() => false)) await page.getByText('其他操作').click({ timeout: 5_000 }).catch(() => {})
    await action.click()
    if (time) await page.locator('[id$=-time]').fill(time)
    if (reason) await page.locator('textarea[id$=-reason]').fill(reason)
    const confirm = page.getByRole('button', { name: `确定${button}` })
    if (reason || time || await confirm.waitFor({ timeout: 1_000 }).then(() => true, () => false)) await confirm.click()
    await page.locator('.cluster-panel .cluster-state', { hasText: state }).waitFor()
  }

  return { origin, enter, as, write, act, open: (page: Page, collection: string, id: string) => page.goto(`${origin}/admin/collections/${collection}/${id}`) }
}
