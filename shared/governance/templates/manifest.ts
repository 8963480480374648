import { z } from 'zod'
import { PAGE_KINDS } from '../../delivery/page-models.ts'
import { type Issue, refusal } from '../../issue.ts'
import { DOCUMENT_KINDS, type DocumentKind } from '../../publishing/kinds.ts'
import type { SignOffLink } from '../../publishing/states.ts'
import { MANDATED_COLUMNS } from '../mandated-columns.ts'
import { contrastRatio, HEX_COLOUR } from './contrast.ts'
import {
  FOOTER_FIELDS, type FooterField, HOME_BLOCKS, type HomeBlock, INTERACTION_MODULES, type InteractionModule, MANDATED_SLOTS, PART_RULES, type PartRule,
  type Slot, SLOTS,
} from './parts.ts'

const keysOf = <Key extends string>(names: Record<Key, unknown>) => z.enum(Object.keys(names) as [Key, ...Key[]])
const colour = z.string().regex(HEX_COLOUR, '颜色写成 #rrggbb 六位小写十六进制')
const accentColours = z.object({ accent: colour, accentInk: colour, ground: colour })

/** A release of the provincial template: what it consists of, and what an office may change of it. */
export const manifestSchema = z.object({
  /** `<template>-<version>`, the folder under `themes/`. */
  id: z.string().regex(/^[a-z]+-[1-9]\d*$/),
  name: z.string().min(2).max(30),
  /** Calendar date on which the province issued the release; null while it is being made. An issued release never changes. */
  issuedOn: z.iso.date().nullable(),
  /** What is new against the release before, a sentence each, for the people who run the sites. */
  changes: z.array(z.string().min(4)).min(1),
  pageKinds: z.array(z.enum(PAGE_KINDS)),
  slots: z.array(z.object({ slot: keysOf<Slot>(SLOTS), rule: keysOf<PartRule>(PART_RULES), note: z.string().min(4) })),
  /** The home page from top to bottom. */
  home: z.array(z.object({
    block: keysOf<HomeBlock>(HOME_BLOCKS),
    rule: keysOf<PartRule>(PART_RULES),
    /** An office may put it elsewhere among the movable ones. */
    isMovable: z.boolean(),
  })),
  columns: z.array(z.object({
    key: z.string(), name: z.string().min(2), kind: keysOf<DocumentKind>(DOCUMENT_KINDS),
    /** Names that the public must be shown before anything stands in the column; empty: no named chain is needed. */
    chain: z.array(z.enum(['draft', 'first-review', 'second-review', 'final-review'])),
    /** Days without an update after which the column is stale; null: no limit. */
    freshnessDays: z.number().int().positive().nullable(),
  })),
  /** Labels of the head that every page of the kind must carry (政府网站网页标签规范). */
  labels: z.object({ site: z.array(z.string()), column: z.array(z.string()), document: z.array(z.string()) }),
  footer: z.array(keysOf<FooterField>(FOOTER_FIELDS)),
  interaction: z.array(keysOf<InteractionModule>(INTERACTION_MODULES)),
  /** Accent colours that an office may choose; the first is the province's. */
  accents: z.array(z.object({
    key: z.string().regex(/^[a-z]{2,20}$/), name: z.string().min(1), light: accentColours, dark: accentColours,
  })).min(1),
  /** Contrast that text in the accent keeps on its ground, and the ink on the accent (WCAG 2.2, 1.4.3 and 1.4.11). */
  contrast: z.object({ text: z.number().min(4.5) }),
  /** Bounds for every page: bytes of the HTML before compression, and milliseconds of a cold render. */
  limits: z.object({ pageBytes: z.number().int().positive(), renderMs: z.number().int().positive() }),
})
export type Manifest = z.infer<typeof manifestSchema>

/** Labels without which the national specification calls a page faulty. */
const REQUIRED_LABELS = { site: ['SiteName', 'SiteDomain'], column: ['ColumnName', 'ColumnType'], document: ['ArticleTitle', 'PubDate', 'ContentSource'] } as const
const REQUIRED_FOOTER: readonly FooterField[] = ['sponsor']
const WHOLE_CHAIN: readonly SignOffLink[] = ['draft', 'first-review', 'second-review', 'final-review']

/**
 * Everything in which a manifest contradicts itself, the norms or the province's mandated columns: a release with any
 * of it cannot be issued.
 */
export function manifestIssues(manifest: Manifest): Issue[] {
  return [
    ...twice(manifest.slots.map(({ slot }) => slot), SLOTS, 'slots'),
    ...twice(manifest.home.map(({ block }) => block), HOME_BLOCKS, 'home'),
    ...twice(manifest.accents.map(({ key }) => key), Object.fromEntries(manifest.accents.map(({ key, name }) => [key, name])), 'accents'),
    ...slotIssues(manifest),
    ...homeIssues(manifest),
    ...columnIssues(manifest),
    ...labelIssues(manifest),
    ...accentIssues(manifest),
    ...PAGE_KINDS.filter((kind) => !manifest.pageKinds.includes(kind)).map((kind) =>
      refusal('page-kind-missing', `模板没有“${kind}”页面。公众会打开这种页面，请补上这一页的模板。`, 'pageKinds')),
  ]
}

function twice(keys: readonly string[], names: Record<string, string>, path: string): Issue[] {
  const doubled = [...new Set(keys.filter((key, index) => keys.indexOf(key) !== index))]
  return doubled.map((key) => refusal('part-twice', `“${names[key]}”写了两次，两处规定可能不同。请只留一处。`, path))
}

function slotIssues({ slots }: Manifest): Issue[] {
  const missing = MANDATED_SLOTS.filter((slot) => !slots.some((each) => each.slot === slot))
  const loose = slots.filter(({ slot, rule }) => (slot === 'chain' || slot === 'footer' || slot === 'metadata') && rule !== 'locked')
  return [
    ...missing.map((slot) => refusal('slot-missing', `模板缺少必设部分“${SLOTS[slot]}”。请在 slots 中补上。`, 'slots')),
    ...loose.map(({ slot }) => refusal('slot-must-be-locked', `“${SLOTS[slot]}”由国家规范规定，不能交给各站点调整。请把规定写成 locked。`, 'slots')),
  ]
}

function homeIssues({ home, slots, interaction }: Manifest): Issue[] {
  const issues: Issue[] = []
  const ruleOf = (slot: Slot) => slots.find((each) => each.slot === slot)?.rule
  for (const block of ['hero', 'updates', 'notices', 'policies'] as const) {
    if (!home.some((each) => each.block === block)) issues.push(refusal('block-missing', `首页缺少“${HOME_BLOCKS[block]}”。公众首先找它，请在 home 中补上。`, 'home'))
  }
  for (const { block, rule, isMovable } of home) {
    if (rule === 'locked' && isMovable) {
      issues.push(refusal('locked-but-movable', `首页“${HOME_BLOCKS[block]}”写成锁定，又写成可以移动，互相矛盾。请改其中一处。`, 'home'))
    }
  }
  if (home.some(({ isMovable }) => isMovable) && ruleOf('home-order') === 'locked') {
    issues.push(refusal('order-contradicts', '首页次序写成锁定，却有可以移动的板块。请改其中一处。', 'home'))
  }
  if (home.some(({ block }) => block === 'letters') && !interaction.includes('letters')) {
    issues.push(refusal('module-off', '首页有“互动交流”，但没有开通“网上留言”。请在 interaction 中开通，或去掉这个板块。', 'interaction'))
  }
  return issues
}

function columnIssues({ columns }: Manifest): Issue[] {
  return MANDATED_COLUMNS.flatMap((mandated): Issue[] => {
    const column = columns.find(({ key }) => key === mandated.key)
    if (!column) return [refusal('column-missing', `模板缺少必设栏目“${mandated.name}”。请在 columns 中补上。`, 'columns')]
    const issues: Issue[] = []
    if (column.name !== mandated.name || column.kind !== mandated.kind) {
      issues.push(refusal('column-differs', `必设栏目“${mandated.name}”的名称或内容类型与省级规定不一致。请照规定写。`, 'columns'))
    }
    if (mandated.needsNamedChain && WHOLE_CHAIN.some((link) => !column.chain.includes(link))) {
      issues.push(refusal('chain-weaker', `“${mandated.name}”须公开起草、初审、复审、终审四人的姓名和处室，模板不能减少。请把 chain 写全。`, 'columns'))
    }
    if (mandated.freshnessDays !== null && (column.freshnessDays === null || column.freshnessDays > mandated.freshnessDays)) {
      issues.push(refusal('freshness-weaker', `“${mandated.name}”至少每 ${mandated.freshnessDays} 天更新一次，模板不能放宽。请改小 freshnessDays。`, 'columns'))
    }
    return issues
  })
}

function labelIssues({ labels, footer }: Manifest): Issue[] {
  const lacking = (['site', 'column', 'document'] as const).flatMap((group) =>
    REQUIRED_LABELS[group].filter((name) => !labels[group].includes(name)).map((name) => ({ group, name })))
  return [
    ...lacking.map(({ group, name }) => refusal('label-missing', `必需的网页标签 ${name} 没有列出。请在 labels.${group} 中补上。`, `labels.${group}`)),
    ...REQUIRED_FOOTER.filter((field) => !footer.includes(field)).map((field) =>
      refusal('footer-field-missing', `页脚必需“${FOOTER_FIELDS[field]}”。请在 footer 中补上。`, 'footer')),
  ]
}

function accentIssues({ accents, contrast }: Manifest): Issue[] {
  return accents.flatMap(({ name, light, dark }, index) =>
    ([['浅色', light, 'light'], ['深色', dark, 'dark']] as const).flatMap(([scheme, { accent, accentInk, ground }, key]) => {
      const pairs = [['主色在底色上', accent, ground], ['文字在主色上', accentInk, accent]] as const
      return pairs.flatMap(([what, one, other]) => {
        const ratio = contrastRatio(one, other)
        if (ratio >= contrast.text) return []
        return [refusal('contrast-too-low', `主色“${name}”在${scheme}下${what}的对比度是 ${ratio.toFixed(2)}，至少要 ${contrast.text}。请换深浅更分明的颜色。`, `accents.${index}.${key}`)]
      })
    }))
}
