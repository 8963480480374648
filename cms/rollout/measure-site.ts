import type { PageKind } from '@cluster/shared/delivery/page-models'
import type { ReleaseStyles } from '@cluster/shared/delivery/trial'
import { accentOf } from '@cluster/shared/governance/templates/choices'
import { judgeSite, type PageEvidence, type SiteEvidence, type Verdict } from '@cluster/shared/governance/templates/gates'
import type { Manifest } from '@cluster/shared/governance/templates/manifest'
import { FOOTER_FIELDS, type FooterField } from '@cluster/shared/governance/templates/parts'
import type { Asker } from '../audit/rows.ts'
import type { Portal, PortalAnswer } from './ask-portal.ts'
import type { Checker } from './open-checker.ts'
import { type PageFacts, readPage, shownInFooter } from './read-page.ts'
import { expectedBlocks, type Sample, samplePages } from './sample-pages.ts'

/** Renders that a slow page gets: what the portal draws for others at the same time can only add, so the best one counts. */
const RENDERS = 6
const BETWEEN_RENDERS_MS = 50

export type Measuring = {
  asker: Asker
  portal: Pick<Portal, 'visit' | 'tryOut'>
  checker: Pick<Checker, 'check'>
  styles: ReleaseStyles
  /** Layouts that the whole set of accessibility rules has seen in this run. */
  layouts: Set<string>
}
export type MeasuredSite = { verdicts: Verdict[]; evidence: SiteEvidence & { absent: PageKind[] } }

/**
 * Looks at one real page of each kind that the site has, and judges it by the release's gates. `isTrial`: as it would be under
 * the release; otherwise as any reader gets it now. Null when there is no such site. @throws PortalSilent
 */
export async function measureSite(
  measuring: Measuring, { site, manifest, isTrial }: { site: string; manifest: Manifest; isTrial: boolean },
): Promise<MeasuredSite | null> {
  const sample = await samplePages(measuring.asker, site)
  if (!sample) return null
  const pages: Array<PageEvidence & { facts: PageFacts }> = []
  for (const page of sample.pages) pages.push(await measurePage(measuring, { sample, manifest, isTrial, ...page }))
  const home = pages.find(({ kind }) => kind === 'home')?.facts
  const filled = filledFooter(sample)
  const evidence = {
    pages: pages.map(({ facts: _, ...page }) => page),
    footer: { filled: filled.map(([field]) => field), shown: shownEverywhere(pages, filled) },
    columns: home?.columns ?? [],
    home: { found: home?.blocks ?? [], expected: expectedBlocks(manifest, sample) },
    accent: { found: accentShown(manifest, home?.accent ?? null), expected: accentOf(manifest, sample.record.choices).key },
    absent: sample.absent,
  }
  return { evidence, verdicts: judgeSite(manifest, evidence) }
}

type Asked = { sample: Sample; manifest: Manifest; isTrial: boolean; kind: PageKind; path: string }

async function measurePage(measuring: Measuring, asked: Asked): Promise<PageEvidence & { facts: PageFacts }> {
  const { portal, checker, layouts } = measuring
  const { sample: { record }, manifest, isTrial, kind, path } = asked
  const draws = kind === 'error' ? 'error' as const : null
  const draw = () => portal.tryOut(record, path, { release: isTrial ? manifest.id : null, draws })
  const drawn = await draw()
  const answer: PortalAnswer = isTrial || draws ? drawn : await portal.visit(record, path)
  const locals = record.columns.filter(({ isMandated }) => !isMandated).map(({ key }) => key)
  const facts = readPage(answer.html, { locals })
  const layout = [manifest.id, kind, record.level, facts.blocks.join(), facts.accent].join(' ')
  const isNewLayout = !layouts.has(layout)
  layouts.add(layout)
  return {
    kind, path: draws ? `${path}（出错时）` : path, status: answer.status, bytes: answer.bytes,
    renderMs: await bestRender(drawn, manifest.limits.renderMs, draw),
    ...await checker.check({ html: answer.html, isNewLayout }),
    labels: facts.labels, releases: releasesOf(facts.styles, measuring.styles), facts,
  }
}

async function bestRender(first: PortalAnswer, limit: number, draw: () => Promise<PortalAnswer>): Promise<number> {
  let best = first.renderMs ?? Infinity
  for (let renders = 1; best > limit && renders < RENDERS; renders += 1) {
    await new Promise((resolve) => setTimeout(resolve, BETWEEN_RENDERS_MS))
    best = Math.min(best, (await draw()).renderMs ?? Infinity)
  }
  // A portal that does not say how long it took has not drawn what was asked.
  return Number.isFinite(best) ? best : Number.MAX_SAFE_INTEGER
}

/** The releases whose styles a page uses; a style sheet of no release is named itself. */
export function releasesOf(sheets: readonly string[], styles: ReleaseStyles): string[] {
  const owners = sheets.map((sheet) => Object.entries(styles).find(([, own]) => own.includes(sheet))?.[0] ?? sheet)
  return [...new Set(owners)]
}

/** A release with one accent has no need to name it. */
const accentShown = ({ accents }: Manifest, found: string | null) => found ?? (accents.length === 1 ? accents[0]!.key : '（没有）')

function filledFooter({ record }: Sample): Array<readonly [FooterField, string]> {
  return (Object.keys(FOOTER_FIELDS) as FooterField[]).flatMap((field) => {
    const value = record.footer[field]?.trim()
    return value ? [[field, value] as const] : []
  })
}

function shownEverywhere(pages: ReadonlyArray<{ facts: PageFacts }>, filled: ReadonlyArray<readonly [FooterField, string]>): FooterField[] {
  const shown = pages.map(({ facts }) => shownInFooter(facts.footer, filled))
  return filled.map(([field]) => field).filter((field) => shown.every((fields) => fields.includes(field)))
}
