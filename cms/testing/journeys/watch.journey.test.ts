import type { Browser } from 'playwright-core'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser, picture } from '../browser.ts'
import { CHROMIUM_HINT, findChromium } from '../chromium.ts'
import { ask, eventually, type RunningCluster, startCluster } from '../running-cluster.ts'
import { inAdmin } from './in-admin.ts'

const SITE = 'suzhou-kunshan'
const PICTURES = process.env.PICTURES_DIR
const SENDER = { name: '欧阳建国', contact: '13951234567' }

const chromiumPath = findChromium()
if (!chromiumPath) console.warn(CHROMIUM_HINT)

describe('a running cluster, looked at', () => {
  let cluster: RunningCluster
  let database: Client
  let browser: Browser | undefined
  beforeAll(async () => {
    cluster = await startCluster({ sites: ['jiangsu', SITE] })
    database = new Client({ connectionString: cluster.database.adminUrl })
    await database.connect()
    browser = chromiumPath ? await openBrowser() : undefined
  }, 180_000)
  afterAll(async () => {
    await browser?.close()
    await database?.end()
    await cluster?.close()
  })
  const rows = async <Row extends Record<string, unknown>>(statement: string, values: unknown[] = []) => (await database.query<Row>(statement, values)).rows

  it('each process tells its figures on a port of its own, and not on the public one', async () => {
    const { cms, cmsOperator, delivery, deliveryOperator, operator, portal, worker } = cluster.database.ports
    await ask(portal, '/', { host: `${SITE}.localhost` })
    for (const [process, port] of [['cms', cmsOperator], ['delivery', deliveryOperator], ['portal', operator], ['worker', worker]] as const) {
      const { status, text } = await ask(port, '/metrics')
      expect([process, status]).toEqual([process, 200])
      expect(text).toContain(`nodejs_eventloop_lag_seconds{process="${process}"}`)
    }
    expect((await ask(cmsOperator, '/metrics')).text).toContain('cluster_http_request_seconds_count{process="cms",kind="health"')
    expect((await ask(portal, '/metrics', { host: `${SITE}.localhost` })).text).not.toContain('nodejs_eventloop')
    expect((await ask(cms, '/metrics')).text).not.toContain('nodejs_eventloop')
    await eventually(() => ask(worker, '/metrics'), ({ text }) => ['cms', 'worker', 'portal'].every((kind) => new RegExp(`cluster_processes\\{kind="${kind}",process="worker"\\} 1`).test(text)))
  })

  it('a letter bears one id from the portal to the audit log, and its sender stands nowhere', async () => {
    const form = new URLSearchParams({ kind: 'inquiry', name: SENDER.name, contact: SENDER.contact, title: '编制问题', text: '请问编制核定后多久公布？', mayPublish: 'on' })
    const answer = await ask(cluster.database.ports.portal, '/letters/new/', {
      host: `${SITE}.localhost`, method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-request-id': 'from-the-front-4711' }, body: form.toString() })
    expect([answer.status, answer.headers['x-request-id']]).toEqual([200, 'from-the-front-4711'])
    const [row] = await rows<{ id: string; deed: string; request_id: string }>("select * from cluster.audit where collection = 'letters' order by id desc limit 1")
    expect(row).toMatchObject({ deed: 'create', request_id: 'from-the-front-4711' })
    await eventually(() => rows('select from cluster.audit_seals where row_id = $1', [row!.id]), (found) => found.length === 1)
    const everything = JSON.stringify(await rows('select * from cluster.audit'))
    expect(everything).not.toMatch(new RegExp(`${SENDER.name}|${SENDER.contact}`))
  })

  it('the CMS outlives the end of all its connections', async () => {
    const pid = await rows<{ count: string }>("select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()")
    expect(pid.length).toBeGreaterThan(2)
    await eventually(() => ask(cluster.database.ports.cms, '/healthz').catch(() => ({ status: 0 })), ({ status }) => status === 200)
    const account = cluster.account('editor', SITE)
    const answer = await ask(cluster.database.ports.cms, '/api/users/login', {
      method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ email: account.email, password: account.password }) })
    expect(answer.status).toBe(200)
  })

  it.skipIf(!chromiumPath)('the audit administrator searches the log and checks its chain; nobody else sees the page', async () => {
    const admin = inAdmin({ cluster, browser: browser!, pictures: PICTURES })
    await admin.as(cluster.account('editor', SITE), async (page) => {
      await page.goto(`${admin.origin}/admin/audit`)
      await page.getByRole('heading', { name: '待办' }).waitFor()
      await page.goto(`${admin.origin}/admin/operations`)
      await page.getByRole('heading', { name: '待办' }).waitFor()
      const [letter] = await rows<{ id: number }>("select id from letters where title = '编制问题'")
      await admin.open(page, 'letters', String(letter!.id))
      await page.locator('#field-senderContact').waitFor()
    })
    await admin.as(cluster.account('audit-admin', 'jiangsu'), async (page) => {
      await page.getByRole('link', { name: '审计', exact: true }).click()
      await page.getByRole('heading', { name: '审计', exact: true }).waitFor()
      await page.locator('select[name=deed]').selectOption('read-personal-data')
      await page.getByRole('button', { name: '查询' }).click()
      await page.waitForURL(/deed=read-personal-data/)
      const line = page.locator('tbody tr').first()
      expect(await line.innerText()).toContain(cluster.account('editor', SITE).email)
      await line.getByText('详情').click()
      expect(await line.innerText()).toContain('senderContact')
      await page.goto(`${admin.origin}/admin/audit`)
      await page.getByRole('button', { name: '现在核验' }).click()
      await page.getByText('全部完整').waitFor()
      const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: /CSV/ }).click()])
      expect(download.suggestedFilename()).toMatch(/^audit-\d{4}-\d{2}-\d{2}\.csv$/)
      await picture(page, PICTURES, 'audit')
      await page.setViewportSize({ width: 390, height: 844 })
      await picture(page, PICTURES, 'audit-narrow')
    })
  }, 120_000)

  it.skipIf(!chromiumPath)('the system’s administrator sees what runs, and does a failed job again', async () => {
    await rows("select graphile_worker.permanently_fail_jobs(array[(graphile_worker.add_job('release-scheduled', '{\"collection\": \"nothing\"}'::json, run_at => now() + interval '1 day')).id], 'collection: Invalid option')")
    const admin = inAdmin({ cluster, browser: browser!, pictures: PICTURES })
    await admin.as(cluster.account('province-admin', 'jiangsu'), async (page) => {
      await page.getByRole('link', { name: '运行状况' }).click()
      await page.getByRole('heading', { name: '运行状况' }).waitFor()
      const text = await page.locator('.cluster-account').innerText()
      for (const word of ['管理后台', '后台任务', '门户', '发布服务', '已跟上最新变更', '索引是完整的', '还没有做过备份', 'Invalid option']) expect(text).toContain(word)
      await picture(page, PICTURES, 'operations')
      await page.getByRole('button', { name: '放弃' }).click()
      await page.getByLabel('原因').fill('测试用的任务')
      await page.getByRole('button', { name: '确定放弃' }).click()
      await page.getByText('Invalid option').waitFor({ state: 'detached' })
      await page.setViewportSize({ width: 390, height: 844 })
      await picture(page, PICTURES, 'operations-narrow')
    })
    expect(await rows('select from graphile_worker.jobs where last_error is not null')).toEqual([])
  }, 120_000)
})
