import type { PageKind } from '../../delivery/page-models.ts'
import type { Manifest } from './manifest.ts'
import { FOOTER_FIELDS, type FooterField, HOME_BLOCKS, type HomeBlock } from './parts.ts'

/** What is measured on each site of a ring after the switch. */
export const GATES = {
  answers: '每种页面都能打开',
  valid: 'HTML 合规',
  accessible: '无障碍',
  labels: '网页标签齐全',
  footer: '页脚信息齐全',
  columns: '必设栏目齐全',
  choices: '本地设置没有丢失',
  release: '页面只用一个模板版本',
  weight: '页面大小',
  speed: '渲染时间',
} as const
export type Gate = keyof typeof GATES
export const GATE_CODES = Object.keys(GATES) as Gate[]

/** One real page as it was found. */
export type PageEvidence = {
  kind: PageKind
  path: string
  status: number
  /** Bytes of the HTML before compression. */
  bytes: number
  renderMs: number
  /** Findings of the validator and of the accessibility rules, a sentence each. */
  markup: readonly string[]
  accessibility: readonly string[]
  /** Names of the `<meta>` labels with content. */
  labels: readonly string[]
  /** Release whose styles and parts the page shows; more than one is a page that mixes. */
  releases: readonly string[]
}

/** A site as it was found. */
export type SiteEvidence = {
  pages: readonly PageEvidence[]
  /** Footer fields that the office has filled in, and those that the page shows. */
  footer: { filled: readonly FooterField[]; shown: readonly FooterField[] }
  columns: readonly string[]
  /** Home blocks in the order of the page, and the order that release and choices demand; blocks without data are in neither. */
  home: { found: readonly HomeBlock[]; expected: readonly HomeBlock[] }
  accent: { found: string; expected: string }
}

export type Verdict = { gate: Gate; isGreen: boolean; /** What is wrong, page by page, in sentences. */ findings: readonly string[] }

/** Statuses that kinds of pages answer with by right; all others answer 200. An error page is asked for as a fault of ours draws it. */
const STATUS_OF: Partial<Record<PageKind, number>> = { gone: 410, 'not-found': 404, error: 500 }

/** The verdict of each gate over what was found on one site: pure, so that dry run and rollout judge alike. */
export function judgeSite(manifest: Manifest, site: SiteEvidence): Verdict[] {
  const perPage = (complain: (page: PageEvidence) => readonly string[]) =>
    site.pages.flatMap((page) => complain(page).map((complaint) => `${page.path}：${complaint}`))
  const findings: Record<Gate, readonly string[]> = {
    answers: [
      ...perPage(({ kind, status }) => (status === (STATUS_OF[kind] ?? 200) ? [] : [`状态是 ${status}，应为 ${STATUS_OF[kind] ?? 200}`])),
    ],
    valid: perPage(({ markup }) => markup),
    accessible: perPage(({ accessibility }) => accessibility),
    labels: perPage((page) => missing(labelsOf(manifest, page.kind), page.labels).map((name) => `缺少标签 ${name}`)),
    footer: [
      ...missing(manifest.footer, site.footer.filled).map((field) => `没有填写“${FOOTER_FIELDS[field]}”`),
      ...missing(site.footer.filled, site.footer.shown).map((field) => `填写了“${FOOTER_FIELDS[field]}”，页脚没有显示`),
    ],
    columns: missing(manifest.columns.map(({ key }) => key), site.columns).map((key) =>
      `缺少必设栏目“${manifest.columns.find((column) => column.key === key)?.name ?? key}”`),
    choices: [
      ...(sameOrder(site.home.found, site.home.expected) ? []
        : [`首页板块是 ${namesOf(site.home.found)}，应为 ${namesOf(site.home.expected)}`]),
      ...(site.accent.found === site.accent.expected ? [] : [`主色是 ${site.accent.found}，应为 ${site.accent.expected}`]),
    ],
    release: perPage(({ releases }) => (releases.length === 1 && releases[0] === manifest.id ? [] : [`用了 ${releases.join('、') || '未知模板'}，应为 ${manifest.id}`])),
    weight: perPage(({ bytes }) => (bytes <= manifest.limits.pageBytes ? [] : [`${bytes} 字节，超过 ${manifest.limits.pageBytes}`])),
    speed: perPage(({ renderMs }) => (renderMs <= manifest.limits.renderMs ? [] : [`${Math.round(renderMs)} 毫秒，超过 ${manifest.limits.renderMs}`])),
  }
  return GATE_CODES.map((gate) => ({ gate, isGreen: findings[gate].length === 0, findings: findings[gate] }))
}

/** Labels that a kind of page must carry. */
export function labelsOf({ labels }: Pick<Manifest, 'labels'>, kind: PageKind): readonly string[] {
  if (kind === 'column') return [...labels.site, ...labels.column]
  if (kind === 'article' || kind === 'policy' || kind === 'letter') return [...labels.site, ...labels.column, ...labels.document]
  return labels.site
}

const missing = <Item>(wanted: readonly Item[], found: readonly Item[]) => wanted.filter((item) => !found.includes(item))
const sameOrder = <Item>(one: readonly Item[], other: readonly Item[]) => one.length === other.length && one.every((item, index) => item === other[index])
const namesOf = (blocks: readonly HomeBlock[]) => blocks.map((block) => HOME_BLOCKS[block]).join('、') || '空白'
