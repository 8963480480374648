import { PAGE_KINDS } from '../../delivery/page-models.ts'
import { MANDATED_COLUMNS } from '../mandated-columns.ts'
import type { Manifest } from './manifest.ts'
import { MANDATED_SLOTS } from './parts.ts'

/** A release without fault, with something of each rule in it. */
export const faultless = (changes: Partial<Manifest> = {}): Manifest => ({
  id: 'sample-1',
  name: '示例模板',
  issuedOn: null,
  changes: ['第一版示例。'],
  pageKinds: [...PAGE_KINDS],
  slots: [
    ...MANDATED_SLOTS.map((slot) => ({ slot, rule: 'locked' as const, note: '全省一致的部分' })),
    { slot: 'home-order', rule: 'overridable', note: '可以调换的板块' },
    { slot: 'accent', rule: 'overridable', note: '可以选用的主色' },
    { slot: 'hero-picture', rule: 'optional', note: '首页主图' },
    { slot: 'local-links', rule: 'optional', note: '本地链接' },
  ],
  home: [
    { block: 'hero', rule: 'locked', isMovable: false },
    { block: 'updates', rule: 'locked', isMovable: false },
    { block: 'frontier', rule: 'overridable', isMovable: true },
    { block: 'notices', rule: 'locked', isMovable: false },
    { block: 'policies', rule: 'overridable', isMovable: true },
    { block: 'links', rule: 'optional', isMovable: true },
    { block: 'letters', rule: 'locked', isMovable: false },
  ],
  columns: MANDATED_COLUMNS.map(({ key, name, kind, needsNamedChain, freshnessDays }) => ({
    key, name, kind, freshnessDays, chain: needsNamedChain ? ['draft', 'first-review', 'second-review', 'final-review'] : [],
  })),
  labels: { site: ['SiteName', 'SiteDomain'], column: ['ColumnName', 'ColumnType'], document: ['ArticleTitle', 'PubDate', 'ContentSource'] },
  footer: ['sponsor'],
  interaction: ['letters'],
  accents: [
    { key: 'crimson', name: '朱红', light: { accent: '#9c1d23', accentInk: '#ffffff', ground: '#fbfaf7' }, dark: { accent: '#e58386', accentInk: '#1a0d0d', ground: '#171513' } },
    { key: 'pine', name: '松绿', light: { accent: '#1d5c45', accentInk: '#ffffff', ground: '#fbfaf7' }, dark: { accent: '#7fcfae', accentInk: '#08150f', ground: '#171513' } },
  ],
  contrast: { text: 4.5 },
  limits: { pageBytes: 100_000, renderMs: 60 },
  ...changes,
})
