import { createRequire } from 'node:module'
import { readFileSync } from 'node:fs'
import { HtmlValidate } from 'html-validate/node'
import { JSDOM, VirtualConsole } from 'jsdom'
import { ACCESSIBILITY_RULES, MARKUP_RULES } from '@cluster/shared/governance/templates/markup-rules'
import type { PageCheck, PageFindings } from './checks.ts'

const require = createRequire(import.meta.url)
const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8')
const WORDS: unknown = JSON.parse(readFileSync(require.resolve('axe-core/locales/zh_CN.json'), 'utf8'))
/** WCAG 2.2 A and AA, and what the same people recommend beyond it. */
const STANDARDS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
/** Needs a layout, which only a browser has; colours are checked pair by pair before a release is issued. */
const NEEDS_A_BROWSER = ['color-contrast', 'target-size']

type AxeResult = { violations: Array<{ id: string; help: string; nodes: Array<{ target: unknown[] }> }> }
type Axe = { configure: (options: unknown) => void; run: (page: unknown, options: unknown) => Promise<AxeResult> }

const validator = new HtmlValidate({ root: true, extends: [...MARKUP_RULES.extends], rules: MARKUP_RULES.rules })
const isForAids = rulesOf(ACCESSIBILITY_RULES)

/** Checks one page. It takes tens of milliseconds of the processor, hundreds with axe: call it where nothing else waits. */
export async function checkPage({ html, isNewLayout }: PageCheck): Promise<PageFindings> {
  const { markup, accessibility } = await validate(html)
  return { markup, accessibility: isNewLayout ? [...accessibility, ...await runAxe(html)] : accessibility }
}

async function validate(html: string): Promise<PageFindings> {
  const rules = await isForAids
  const found: PageFindings = { markup: [], accessibility: [] }
  const { results } = await validator.validateString(html)
  for (const { ruleId, message, line, column } of results.flatMap(({ messages }) => messages)) {
    found[rules.has(ruleId) ? 'accessibility' : 'markup'].push(`第 ${line} 行第 ${column} 列不合规则 ${ruleId}：${message}`)
  }
  return found
}

async function runAxe(html: string): Promise<string[]> {
  // The page's own scripts stay off; what axe cannot do without a layout is no news.
  const { window } = new JSDOM(html, { runScripts: 'outside-only', pretendToBeVisual: true, virtualConsole: new VirtualConsole() })
  try {
    window.eval(AXE)
    const axe = (window as unknown as { axe: Axe }).axe
    axe.configure({ locale: WORDS })
    const { violations } = await axe.run(window.document, {
      runOnly: STANDARDS, resultTypes: ['violations'], rules: Object.fromEntries(NEEDS_A_BROWSER.map((rule) => [rule, { enabled: false }])) })
    return violations.flatMap(({ id, help, nodes }) => nodes.map(({ target }) => `${help}（${id}）：${target.join(' ')}`))
  } finally {
    window.close()
  }
}

async function rulesOf(preset: string): Promise<ReadonlySet<string>> {
  const resolved = await new HtmlValidate({ root: true, extends: [preset] }).getConfigFor('page.html')
  return new Set(resolved.getRules().keys())
}
