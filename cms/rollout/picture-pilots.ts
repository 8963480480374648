import { createRequire } from 'node:module'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import type { PageKind } from '@cluster/shared/delivery/page-models'
import { siteOrigin } from '@cluster/shared/delivery/addresses'
import type { SiteRecord } from '@cluster/shared/delivery/records'
import type { Asker } from '../audit/rows.ts'
import { samplePages } from './sample-pages.ts'
import { trialHeader } from './trial-header.ts'

/** What a visitor of a pilot sees first, on a desk and in a hand. */
const KINDS: readonly PageKind[] = ['home', 'column', 'article', 'policy']
const WIDTHS = { 1440: 1000, 390: 844 } as const
const QUALITY = 70
/** No sandbox in containers, no traffic of its own. */
const ARGS = ['--no-sandbox', '--disable-quic', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run']
const STANDARDS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

export type Camera = { chromium: string; portalUrl: string; origin: string; key: string; /** Folder of the pictures. */ folder: string }
type Shot = { run: number; release: string; record: SiteRecord; kind: PageKind; path: string; width: keyof typeof WIDTHS & number }

/** Takes pictures of the pilots before and after, and lets the whole accessibility run look at the page as it would be. What is there already stays. */
export async function picturePilots(asker: Asker, camera: Camera, { run, release, pilots }: { run: number; release: string; pilots: readonly string[] }): Promise<void> {
  const { chromium } = await import('playwright-core')
  await mkdir(camera.folder, { recursive: true })
  const browser = await chromium.launch({ executablePath: camera.chromium, args: [...ARGS, `--host-resolver-rules=MAP * ${new URL(camera.portalUrl).hostname}`] })
  try {
    for (const site of pilots) {
      const sample = await samplePages(asker, site)
      if (!sample) continue
      for (const { kind, path } of sample.pages.filter((page) => KINDS.includes(page.kind))) {
        for (const width of [1440, 390] as const) {
          await keepShot(asker, browser, camera, { run, release, record: sample.record, kind, path, width })
        }
      }
    }
  } finally {
    await browser.close()
  }
}

async function keepShot(asker: Asker, browser: Browser, camera: Camera, shot: Shot): Promise<void> {
  const { run, release, record, kind, width } = shot
  const { rows } = await asker.query('select from cluster.rollout_pictures where dry_run_id = $1 and site = $2 and kind = $3 and width = $4', [run, record.slug, kind, width])
  if (rows.length > 0) return
  const before = await shoot(browser, camera, shot, null)
  const after = await shoot(browser, camera, shot, release)
  await asker.query(`
    insert into cluster.rollout_pictures (dry_run_id, site, kind, width, before_file, after_file, accessibility) values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing`,
  [run, record.slug, kind, width, before.file, after.file, JSON.stringify(after.findings)])
}

/** One picture; under a release with what axe finds in a real browser. */
async function shoot(browser: Browser, { portalUrl, origin, key, folder }: Camera, { run, record, kind, path, width }: Shot, release: string | null): Promise<{ file: string; findings: string[] }> {
  const base = new URL(portalUrl)
  const host = new URL(siteOrigin(origin, record)).hostname
  const context = await browser.newContext({ viewport: { width, height: WIDTHS[width] }, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' })
  try {
    const page = await context.newPage()
    if (release !== null) {
      const header = trialHeader({ site: record.slug, release, draws: null }, { key, now: new Date() })
      await page.route('**/*', (route) => (route.request().isNavigationRequest()
        ? route.continue({ headers: { ...route.request().headers(), ...header } }) : route.continue()))
    }
    await page.goto(`${base.protocol}//${host}${base.port ? `:${base.port}` : ''}${path}`, { waitUntil: 'load' })
    const file = `${run}-${record.slug}-${kind}-${width}-${release === null ? 'before' : 'after'}.jpg`
    await writeFile(join(folder, file), await page.screenshot({ type: 'jpeg', quality: QUALITY, fullPage: true, animations: 'disabled' }))
    return { file, findings: release === null ? [] : await runAxe(page) }
  } finally {
    await context.close()
  }
}

type Violation = { id: string; help: string; nodes: Array<{ target: unknown[] }> }

async function runAxe(page: Page): Promise<string[]> {
  const require = createRequire(import.meta.url)
  await page.evaluate(await readFile(require.resolve('axe-core/axe.min.js'), 'utf8'))
  const words: unknown = JSON.parse(await readFile(require.resolve('axe-core/locales/zh_CN.json'), 'utf8'))
  const violations = await page.evaluate(async ({ locale, tags }) => {
    const { axe } = window as unknown as { axe: { configure: (options: unknown) => void; run: (options: unknown) => Promise<{ violations: Violation[] }> } }
    axe.configure({ locale })
    return (await axe.run({ runOnly: tags, resultTypes: ['violations'] })).violations.map(({ id, help, nodes }) => ({ id, help, nodes: nodes.map(({ target }) => ({ target })) }))
  }, { locale: words, tags: STANDARDS })
  return violations.flatMap(({ id, help, nodes }) => nodes.map(({ target }) => `${help}（${id}）：${target.join(' ')}`))
}
