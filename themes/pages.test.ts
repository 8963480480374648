import { PAGE_KINDS } from '@cluster/shared/delivery/page-models'
import { describe, expect, test } from 'vitest'
import { findingsIn } from './fixtures/markup-rules.ts'
import { PAGES } from './fixtures/pages.ts'
import { renderPage } from './fixtures/render.ts'
import { underRelease } from './fixtures/under-release.ts'
import { MANIFESTS } from './manifests.ts'
import { RELEASES } from './registry.ts'

const RENDERED = Object.fromEntries(await Promise.all(RELEASES.map(async (release) => {
  const pages = Object.entries(PAGES).map(async ([name, page]) => [name, await renderPage(underRelease(page, release))])
  return [release, Object.fromEntries(await Promise.all(pages)) as Record<string, string>] as const
})))

test('every page kind has a fixture', () => {
  expect(new Set(Object.values(PAGES).map(({ kind }) => kind))).toEqual(new Set(PAGE_KINDS))
})

describe.each(RELEASES)('under %s', (release) => {
  const rendered = RENDERED[release]!

  describe.each(Object.entries(rendered))('%s', (name, html) => {
    const page = PAGES[name]!

    test('is valid, accessible markup', async () => {
      expect(await findingsIn(html)).toEqual([])
    })

    test('stays within the weight that the release promises', () => {
      expect(Buffer.byteLength(html)).toBeLessThanOrEqual(MANIFESTS[release].limits.pageBytes)
      expect(html).not.toMatch(/(?:src|href)="data:/)
    })

    test('has nothing inline that the content security policy refuses', () => {
      expect(html).not.toMatch(/\sstyle=/)
      expect(html).not.toMatch(/\son[a-z]+=/)
      expect(html).not.toMatch(/<style/)
      expect(
        [...html.matchAll(/<script\b([^>]*)>([\s\S]*?)<\/script>/g)].every(
          ([, attributes, text]) => attributes!.includes('src=') && text === '',
        ),
      ).toBe(true)
    })

    test('has one h1, no skipped heading level, a main landmark and the language', () => {
      const levels = [...html.matchAll(/<h([1-6])\b/g)].map(([, level]) => Number(level))
      expect(levels.filter((level) => level === 1)).toHaveLength(1)
      for (const [index, level] of levels.entries()) expect(level - (levels[index - 1] ?? level)).toBeLessThanOrEqual(1)
      expect(html.match(/<main\b/g)).toHaveLength(1)
      expect(html).toContain('<html lang="zh-CN"')
    })

    test('states its head as the model gives it', () => {
      const { head } = page.chrome
      expect(html).toContain(`<title>${head.title}</title>`)
      expect(html).toContain(`<link rel="canonical" href="${head.canonical}"`)
      for (const { name: label } of head.labels) expect(html).toContain(`<meta name="${label}" content="`)
      expect(html.includes('<meta name="robots"')).toBe(head.robots !== undefined)
    })

    test('carries sponsor, error report and site map in the footer', () => {
      expect(html).toContain(page.chrome.site.footer.sponsor)
      expect(html).toContain(`kind=error-report&amp;about=${encodeURIComponent(page.chrome.path)}`)
      expect(html).toContain('href="/sitemap/"')
    })
  })

  describe('what a page leaves out', () => {
    test('a block of the home page without data', () => {
      expect(rendered['home-new']).not.toContain('id="updates"')
      expect(rendered['home-new']).not.toContain('id="policies"')
      expect(rendered['home-new']).toContain('刚刚开通')
      expect(rendered['home-province']).toContain('id="updates"')
    })
    test('footer records that the office does not have', () => {
      expect(rendered['home-new']).not.toContain('网站标识码')
      expect(rendered['home-province']).toContain('网站标识码 bm32000001')
    })
  })

  describe('named responsibility', () => {
    test('shows the four names, units and times', () => {
      for (const text of ['钱语桐', '朱敬轩', '浦志明', '龚海涛', '体制改革科', '2026-11-18 15:20'])
        expect(rendered['article-full']).toContain(text)
    })
    test('an emergency publication says who ordered it and until when it must be reviewed', () => {
      expect(rendered['article-emergency']).toContain('先发后审')
      expect(rendered['article-emergency']).toContain('2026-11-20 21:05')
      expect(rendered['article-full']).not.toContain('先发后审')
    })
    test('a batch is named with its manifest', () => {
      expect(rendered['policy-batch']).toContain('迁移批次：法规规章历史文本')
      expect(rendered['policy-batch']).toContain('共 3,416 件')
    })
    test('verify leads to a place on the page', () => {
      expect(rendered['article-full']).toContain('href="#verify"')
      expect(rendered['article-full']).toContain('id="verify"')
    })
  })

  describe('forms', () => {
    test('keep what was typed and lead from each error to its field', () => {
      const html = rendered['letter-form-errors']!
      expect(html).toContain('value="王小满"')
      expect(html).toContain('href="#letter-contact"')
      expect(html).toMatch(/id="letter-contact"[^>]*aria-invalid="true"/)
      expect(rendered['letter-form-empty']).not.toContain('aria-invalid')
    })
    test('hide the trap from people and their aids', () => {
      expect(rendered['letter-form-empty']).toMatch(
        /aria-hidden="true"[^>]*>\s*<label[^>]*>[^<]*<\/label>\s*<input[^>]*name="website"[^>]*tabindex="-1"/,
      )
    })
  })

  test('words of readers never become markup', async () => {
    const search = PAGES['search-nothing']!
    if (search.kind !== 'search') throw new Error('fixture changed its kind')
    const html = await renderPage(underRelease({ ...search, query: { ...search.query, q: '"><script>alert(1)</script>' } }, release))
    const outsideAttributes = html.replace(/"[^"]*"/g, '""')
    expect(outsideAttributes).not.toContain('<script>alert')
    expect(html).toContain('value="&quot;>')
  })
})
