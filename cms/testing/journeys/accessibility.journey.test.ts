import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { HtmlValidate } from 'html-validate'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser, picture } from '../browser.ts'
import { CHROMIUM_HINT, findChromium } from '../chromium.ts'
import { richText, signIn } from '../api.ts'
import { askPortal, eventually, type RunningCluster, startCluster } from '../running-cluster.ts'

const SITE = 'suzhou-kunshan'
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const WIDTHS = [390, 1440]

const validator = new HtmlValidate({
  extends: ['html-validate:recommended', 'html-validate:a11y'],
  rules: {
    // The renderer decides how void elements, attributes and white space are written; the specification allows all of these.
    'void-style': 'off', 'attribute-boolean-style': 'off', 'no-trailing-whitespace': 'off', 'doctype-style': 'off', 'attr-quotes': 'off', 'long-title': 'off',
    // Telephone numbers stand in texts of offices; how a line may break there is the reader's screen's affair.
    'tel-non-breaking': 'off',
  },
})

const chromiumPath = findChromium()
if (!chromiumPath) console.warn(CHROMIUM_HINT)

describe('every page kind', () => {
  let cluster: RunningCluster
  let browser: Browser | undefined
  const paths = new Map<string, { site: string; path: string; status: number }>()

  beforeAll(async () => {
    cluster = await startCluster({ sites: ['jiangsu', 'suzhou', SITE] })
    browser = chromiumPath ? await openBrowser() : undefined
    const first = async (column: string, collection: string) => {
      const { text } = await askPortal(cluster, SITE, `/columns/${column}/`)
      return new RegExp(`href="(/${collection}/\\d+/)"`).exec(text)?.[1] ?? `no ${collection} in ${column}`
    }
    const gone = await withdrawnArticle(cluster)
    const add = (name: string, path: string, { site = SITE, status = 200 } = {}) => paths.set(name, { site, path, status })
    add('home-province', '/', { site: 'jiangsu' })
    add('home-city', '/', { site: 'suzhou' })
    add('home-county', '/')
    add('home-empty', '/', { site: 'taizhou-xinghua' })
    add('column', '/columns/updates/')
    add('column-empty', '/columns/updates/', { site: 'taizhou-xinghua' })
    add('article', await first('updates', 'articles'))
    add('interpretation', await first('interpretations', 'articles'))
    add('policy', await first('policies', 'policies'))
    add('letter', await first('interaction', 'letters'))
    add('search', '/search/')
    add('search-hits', '/search/?q=%E7%BC%96%E5%88%B6')
    add('search-nothing', '/search/?q=zzzzzzzz')
    add('directory', '/sites/', { site: 'jiangsu' })
    add('site-map', '/sitemap/')
    add('letter-form', '/letters/new/')
    add('letter-status', '/letters/status/')
    add('not-found', '/articles/99999999/', { status: 404 })
    add('gone', gone, { status: 410 })
  }, 240_000)
  afterAll(async () => {
    await browser?.close()
    await cluster?.close()
  })

  const KINDS = ['home-province', 'home-city', 'home-county', 'home-empty', 'column', 'column-empty', 'article', 'interpretation', 'policy', 'letter',
    'search', 'search-hits', 'search-nothing', 'directory', 'site-map', 'letter-form', 'letter-status', 'not-found', 'gone']

  it.each(KINDS)('%s is valid HTML with its status', async (name) => {
    const { site, path, status } = paths.get(name)!
    const answer = await askPortal(cluster, site, path)
    expect(answer.status).toBe(status)
    const report = await validator.validateString(answer.text)
    expect(report.results.flatMap(({ messages }) => messages.map(({ ruleId, message, line }) => `${line}: ${ruleId}: ${message}`))).toEqual([])
  })

  it.each(KINDS)('%s holds nothing inline, and loads nothing that is not its site’s', async (name) => {
    const { site, path } = paths.get(name)!
    const { text, headers } = await askPortal(cluster, site, path)
    expect(headers['content-security-policy']).toMatch(/^default-src 'self';(?!.*(unsafe|data:))/)
    const tags = text.match(/<[a-z][^>]*>/gi) ?? []
    expect(tags.filter((tag) => /^<style|\sstyle\s*=|\son[a-z]+\s*=|javascript:|^<base|^<iframe|^<object|^<embed/i.test(tag))).toEqual([])
    expect((text.match(/<script[^>]*>[^]*?<\/script>/gi) ?? []).filter((script) => !/^<script[^>]*\ssrc="\/(?!\/)[^"]*"[^>]*><\/script>$/i.test(script))).toEqual([])
    const loaded = tags.filter((tag) => /^<(img|source|link[^>]*rel="(stylesheet|icon|preload|modulepreload))/i.test(tag)).flatMap((tag) => [...tag.matchAll(/\s(?:src|href)="([^"]*)"/g)])
    expect(loaded.map(([, address]) => address).filter((address) => !/^\/(?!\/)/.test(address!))).toEqual([])
  })

  it.skipIf(!chromiumPath)('no page is refused anything by the browser under its policy', async () => {
    const page = await browser!.newPage()
    const refused: string[] = []
    page.on('console', (message) => { if (/Content Security Policy|Refused to/.test(message.text())) refused.push(`${page.url()}: ${message.text()}`) })
    for (const { site, path } of paths.values()) await page.goto(`http://${site}.localhost:${cluster.database.ports.portal}${path}`, { waitUntil: 'load' })
    await page.close()
    expect(refused).toEqual([])
  }, 60_000)

  it.skipIf(!chromiumPath).each(KINDS)('%s has no accessibility finding on a phone and on a desk, light and dark', async (name) => {
    const { site, path } = paths.get(name)!
    for (const width of WIDTHS) {
      for (const colorScheme of ['light', 'dark'] as const) {
        const context = await browser!.newContext({ viewport: { width, height: 900 }, colorScheme, bypassCSP: true })
        const page = await context.newPage()
        await page.goto(`http://${site}.localhost:${cluster.database.ports.portal}${path}`, { waitUntil: 'load' })
        await page.evaluate(AXE)
        const findings = await page.evaluate(async () => {
          const { axe } = window as unknown as { axe: { run: (options: object) => Promise<{ violations: Array<{ id: string; nodes: Array<{ html: string }> }> }> } }
          const { violations } = await axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })
          return violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(({ html }) => html.slice(0, 200)).join(' | ')}`)
        })
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
        if (colorScheme === 'light') await picture(page, process.env.PICTURES_DIR, `${name}-${width}`)
        await context.close()
        expect({ width, colorScheme, findings, overflow }).toEqual({ width, colorScheme, findings: [], overflow: 0 })
      }
    }
  }, 60_000)
})

async function withdrawnArticle(cluster: RunningCluster): Promise<string> {
  const [editor, ...reviewers] = await Promise.all(['editor', 'first-reviewer', 'second-reviewer', 'final-reviewer']
    .map((duty) => signIn(cluster, cluster.account(duty, SITE))))
  const columns = await editor!.call('GET', '/api/columns?where[key][equals]=notices&depth=0')
  const [column] = columns.json.docs as Array<{ id: number; site: number }>
  const { id } = await editor!.create('articles', {
    site: column!.site, column: column!.id, title: '关于调整窗口值班安排的通知', summary: '节前窗口值班安排。', body: richText('窗口周末值班安排如下，请相互转告。') })
  const document = { id, version: 1 }
  await editor!.transition('articles', document, 'submit')
  for (const reviewer of reviewers) await reviewer.transition('articles', document, 'approve')
  await eventually(() => askPortal(cluster, SITE, `/articles/${id}/`), ({ status }) => status === 200)
  await reviewers[2]!.transition('articles', document, 'withdraw', { reason: '日期有误，另行通知' })
  await eventually(() => askPortal(cluster, SITE, `/articles/${id}/`), ({ status }) => status === 410)
  return `/articles/${id}/`
}
