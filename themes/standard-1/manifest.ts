import { PAGE_KINDS } from '@cluster/shared/delivery/page-models'
import { MANDATED_COLUMNS } from '@cluster/shared/governance/mandated-columns'
import type { Manifest } from '@cluster/shared/governance/templates/manifest'

const WHOLE_CHAIN = ['draft', 'first-review', 'second-review', 'final-review'] as const

export const manifest: Manifest = {
  id: 'standard-1',
  name: '全省统一模板 1',
  issuedOn: '2026-11-23',
  changes: ['第一版：统一的栏目、页脚和信息实名公开，手机和电脑同一套页面。'],
  pageKinds: [...PAGE_KINDS],
  slots: [
    { slot: 'site-bar', rule: 'locked', note: '每个站点在网站群中的位置和通往其他站点的入口' },
    { slot: 'masthead', rule: 'locked', note: '站名由省级按区划核定；受管理的标志须先取得资格' },
    { slot: 'navigation', rule: 'locked', note: '必设栏目在前、次序一致；自设栏目排在其后' },
    { slot: 'chain', rule: 'locked', note: '起草、初审、复审、终审的姓名、处室和时间' },
    { slot: 'metadata', rule: 'locked', note: '索引号、文号、日期、有效性等要素的名称和次序' },
    { slot: 'footer', rule: 'locked', note: '主办单位、标识码、备案号、网站找错、网站地图' },
    { slot: 'organ-mark', rule: 'overridable', note: '只在取得资格的站点显示' },
    { slot: 'home-order', rule: 'overridable', note: '政策以下的各个板块可以调换位置' },
    { slot: 'accent', rule: 'locked', note: '全省用同一种主色' },
    { slot: 'hero-picture', rule: 'locked', note: '首页第一屏留给搜索，不放图片' },
    { slot: 'local-links', rule: 'locked', note: '这一版没有本地链接板块' },
  ],
  home: [
    { block: 'hero', rule: 'locked', isMovable: false },
    { block: 'updates', rule: 'locked', isMovable: false },
    { block: 'notices', rule: 'locked', isMovable: false },
    { block: 'policies', rule: 'locked', isMovable: false },
    { block: 'frontier', rule: 'overridable', isMovable: true },
    { block: 'approvals', rule: 'overridable', isMovable: true },
    { block: 'institutions', rule: 'overridable', isMovable: true },
    { block: 'disclosure', rule: 'overridable', isMovable: true },
    { block: 'local', rule: 'optional', isMovable: true },
    { block: 'letters', rule: 'locked', isMovable: false },
    { block: 'subtree', rule: 'locked', isMovable: false },
    { block: 'sites', rule: 'locked', isMovable: false },
  ],
  columns: MANDATED_COLUMNS.map(({ key, name, kind, needsNamedChain, freshnessDays }) => ({
    key, name, kind, chain: needsNamedChain ? [...WHOLE_CHAIN] : [], freshnessDays,
  })),
  labels: {
    site: ['SiteName', 'SiteDomain'],
    column: ['ColumnName', 'ColumnDescription', 'ColumnKeywords', 'ColumnType'],
    document: ['ArticleTitle', 'PubDate', 'ContentSource', 'Url'],
  },
  footer: ['sponsor'],
  interaction: ['letters', 'letter-status', 'published-letters', 'error-report'],
  accents: [{
    key: 'crimson', name: '朱红',
    light: { accent: '#9c1d23', accentInk: '#ffffff', ground: '#fbfaf7' },
    dark: { accent: '#e58386', accentInk: '#1a0d0d', ground: '#171513' },
  }],
  contrast: { text: 4.5 },
  limits: { pageBytes: 120 * 1024, renderMs: 60 },
}
