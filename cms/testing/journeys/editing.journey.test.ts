import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ROOT } from '../../cli/folders.ts'
import { statute } from '../../import/import-fixtures.ts'
import { openBrowser, picture } from '../browser.ts'
import { CHROMIUM_HINT, findChromium } from '../chromium.ts'
import { askPortal, eventually, type RunningCluster, startCluster } from '../running-cluster.ts'
import { inAdmin } from './in-admin.ts'

const SITE = 'suzhou-kunshan'
const PICTURES = process.env.PICTURES_DIR
const CHAIN = [['first-reviewer', '初审通过', '待复审'], ['second-reviewer', '复审通过', '待终审'], ['final-reviewer', '通过并发布', '已发布']] as const
const FLOOD = { title: '关于台风期间暂停现场办理登记业务的紧急通知', summary: '台风期间现场窗口暂停，线上照常受理。', column: '通知公告', body: '受台风影响，本周四、周五现场窗口暂停办理，事业单位登记业务可在网上提交。' }
const TRAINING = { title: '昆山举办机构编制业务培训班', summary: '各单位编制管理员参加培训。', column: '工作动态', body: '培训班围绕实名制管理和事业单位登记展开，各单位编制管理员一百二十人参加。' }
const ANSWER = '您好，社区工作者由街道聘用管理，不占用行政或事业编制，具体待遇请咨询所在街道。'

const chromiumPath = findChromium()
if (!chromiumPath) console.warn(CHROMIUM_HINT)

describe.skipIf(!chromiumPath)('an office at work in the admin', () => {
  let cluster: RunningCluster
  let browser: Browser
  let admin: ReturnType<typeof inAdmin>
  let training = ''

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
  /** Does something with one document as the holder of a duty. */
  const at = (duty: string, collection: string, id: string, work: (page: Page) => Promise<void>) => admin.as(person(duty), async (page) => {
    await admin.open(page, collection, id)
    await page.locator('.cluster-panel h3', { hasText: '审核' }).waitFor()
    await work(page)
  })
  const passTheChain = async (collection: string, id: string) => {
    for (const [duty, button, state] of CHAIN) await at(duty, collection, id, (page) => admin.act(page, button, { state }))
  }

  it('previews a draft on the real page, which nobody else sees', async () => {
    await admin.as(person('editor'), async (page) => {
      training = await admin.write(page, TRAINING)
      const [preview] = await Promise.all([page.context().waitForEvent('page'), page.getByRole('button', { name: '预览' }).click()])
      await preview.waitForLoadState()
      expect(await preview.getByRole('heading', { level: 1 }).innerText()).toBe(TRAINING.title)
      expect(await preview.locator('main').innerText()).toContain(TRAINING.body)
      await picture(preview, PICTURES, 'editing-preview')
    })
    expect((await askPortal(cluster, SITE, `/articles/${training}/`)).status).toBe(404)
  }, 120_000)

  it('loses neither text when two people save at once', async () => {
    const [one, other] = [await admin.enter(person('editor')), await admin.enter(person('editor'))]
    for (const { page } of [one, other]) {
      await admin.open(page, 'articles', training)
      await page.locator('#field-summary').waitFor()
    }
    await one.page.locator('#field-summary').fill('甲写的摘要：各单位编制管理员参加培训。')
    await one.page.getByRole('button', { name: '保存', exact: true }).click()
    await one.page.getByRole('button', { name: '已保存' }).waitFor()
    await other.page.locator('#field-summary').fill('乙写的摘要：一百二十名编制管理员参加培训。')
    await other.page.getByRole('button', { name: '保存', exact: true }).click()
    await other.page.getByRole('heading', { name: '有人先保存了' }).waitFor()
    await picture(other.page, PICTURES, 'editing-conflict')
    await other.page.getByRole('button', { name: '用我的文字覆盖' }).click()
    await other.page.getByRole('heading', { name: '有人先保存了' }).waitFor({ state: 'detached' })
    await other.page.reload()
    expect(await other.page.locator('#field-summary').inputValue()).toContain('乙写的摘要')
    await other.page.getByRole('button', { name: '历史版本' }).click()
    await other.page.getByRole('dialog', { name: '历史版本' }).waitFor()
    await picture(other.page, PICTURES, 'editing-history')
    await one.leave()
    await other.leave()
  }, 120_000)

  it('schedules a publication, and takes it back before its time', async () => {
    await at('editor', 'articles', training, (page) => admin.act(page, '提交审核', { state: '待初审' }))
    for (const [duty, button, state] of CHAIN.slice(0, 2)) await at(duty, 'articles', training, (page) => admin.act(page, button, { state }))
    await at('final-reviewer', 'articles', training, async (page) => {
      const inAWeek = new Date(Date.now() + 7 * 86_400_000).toISOString().slice(0, 10)
      await admin.act(page, '通过并定时发布', { state: '定时发布', time: `${inAWeek}T09:30` })
      expect(await page.locator('.cluster-facts').innerText()).toContain(`${inAWeek} 09:30`)
      await picture(page, PICTURES, 'editing-scheduled')
      await admin.act(page, '取消定时', { state: '待终审' })
      await admin.act(page, '通过并发布', { state: '已发布' })
    })
    await eventually(() => askPortal(cluster, SITE, `/articles/${training}/`), ({ status }) => status === 200)
  }, 120_000)

  it('corrects what is published while the old text stays, and the page tells of it', async () => {
    const corrected = `${TRAINING.title}（第二期）`
    await at('editor', 'articles', training, async (page) => {
      await admin.act(page, '更正', { state: '草稿', reason: '期数漏写，补上第二期' })
      await page.locator('#field-title').fill(corrected)
      await page.getByRole('button', { name: '保存', exact: true }).click()
      await page.getByRole('button', { name: '已保存' }).waitFor()
      await admin.act(page, '提交审核', { state: '待初审' })
    })
    const before = await askPortal(cluster, SITE, `/articles/${training}/`)
    expect([before.status, before.text.includes(corrected)]).toEqual([200, false])
    await passTheChain('articles', training)
    const after = await eventually(() => askPortal(cluster, SITE, `/articles/${training}/`), ({ text }) => text.includes(corrected))
    expect(after.text).toContain('期数漏写，补上第二期')
  }, 120_000)

  it('publishes in an emergency, says so on the page, and reviews it afterwards', async () => {
    let id = ''
    await admin.as(person('editor'), async (page) => {
      id = await admin.write(page, FLOOD)
      await admin.act(page, '提交审核', { state: '待初审' })
    })
    await at('final-reviewer', 'articles', id, (page) => admin.act(page, '紧急发布', { state: '已发布', reason: '台风今晚登陆，须立即告知' }))
    const page = await eventually(() => askPortal(cluster, SITE, `/articles/${id}/`), ({ status }) => status === 200)
    expect(page.text).toContain('先发后审')
    for (const duty of ['first-reviewer', 'second-reviewer']) {
      await at(duty, 'articles', id, async (visit) => {
        await visit.getByRole('button', { name: '补审' }).click()
        await visit.getByRole('button', { name: '确定补审' }).click()
        await visit.getByRole('button', { name: '补审' }).waitFor({ state: 'detached' })
      })
    }
    await eventually(() => askPortal(cluster, SITE, `/articles/${id}/`), ({ text }) => text.includes(person('second-reviewer').name))
  }, 120_000)

  it('answers a letter, which its sender reads with the query code', async () => {
    const form = await browser.newPage()
    await form.goto(`http://${SITE}.localhost:${cluster.database.ports.portal}/letters/new/?kind=inquiry`)
    for (const [name, value] of [['name', '李小红'], ['contact', '13912345678'], ['title', '社区工作者是事业编制吗'], ['text', '我在社区工作三年，想了解社区工作者是否属于事业编制。']] as const)
      await form.locator(`[name=${name}]`).fill(value)
    await form.locator('main form button[type=submit]').last().click()
    const code = /[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}/.exec(await form.locator('main').innerText())![0]
    let letter = ''
    await admin.as(person('editor'), async (page) => {
      await page.getByRole('link', { name: '社区工作者是事业编制吗' }).click()
      await page.locator('#field-answer').fill(ANSWER)
      letter = /letters\/(\d+)/.exec(page.url())![1]!
      await picture(page, PICTURES, 'editing-letter')
      await page.getByRole('button', { name: '保存', exact: true }).click()
      await page.getByRole('button', { name: '已保存' }).waitFor()
      await admin.act(page, '提交审核', { state: '待初审' })
    })
    await passTheChain('letters', letter)
    await form.goto(`http://${SITE}.localhost:${cluster.database.ports.portal}/letters/status/`)
    await eventually(async () => {
      await form.locator('main input[name=code]').fill(code)
      await form.locator('main form button[type=submit]').last().click()
      const said = await form.locator('main').innerText()
      if (!said.includes(ANSWER)) await form.goto(`http://${SITE}.localhost:${cluster.database.ports.portal}/letters/status/`)
      return said
    }, (said) => said.includes(ANSWER) && !said.includes('李小红'))
    await form.close()
  }, 120_000)

  it('releases a batch of imported documents as one thing', async () => {
    const file = join(cluster.database.dataDir, 'old-site.jsonl')
    writeFileSync(file, ['甲', '乙', '丙'].map((name) => JSON.stringify(statute(`旧站-${name}`, { title: `昆山市${name}项管理办法` }))).join('\n'))
    await new Promise<void>((resolve, reject) => {
      const child = spawn(process.execPath, [join(ROOT, 'cms/cli/main.ts'), 'import', file, '--site', SITE, '--column', 'policies'], { cwd: ROOT, env: { ...cluster.database.env, NODE_ENV: 'production' }, stdio: 'ignore' })
      child.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`import ended with ${code}`))))
    })
    let batch = ''
    await admin.as(person('editor'), async (page) => {
      await page.locator('a[href*="/admin/collections/import-batches/"]').first().click()
      await page.waitForURL(/import-batches\/\d+/)
      batch = /import-batches\/(\d+)/.exec(page.url())![1]!
      await page.locator('.cluster-panel h3', { hasText: '审核' }).waitFor()
      await picture(page, PICTURES, 'editing-batch')
      await admin.act(page, '提交审核', { state: '待初审' })
    })
    await passTheChain('import-batches', batch)
    const list = await eventually(() => askPortal(cluster, SITE, '/columns/policies/'), ({ text }) => text.includes('昆山市丙项管理办法'))
    expect(list.text).toContain('昆山市甲项管理办法')
  }, 120_000)
})
