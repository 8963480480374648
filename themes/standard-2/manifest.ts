import { PAGE_KINDS } from '@cluster/shared/delivery/page-models'
import { MANDATED_COLUMNS } from '@cluster/shared/governance/mandated-columns'
import type { Manifest } from '@cluster/shared/governance/templates/manifest'

const WHOLE_CHAIN = ['draft', 'first-review', 'second-review', 'final-review'] as const
/** Columns that show the whole chain in this release although the province does not demand it of every release. */
const ALSO_NAMED: readonly string[] = ['interpretations']

export const manifest: Manifest = {
  id: 'standard-2',
  name: '全省统一模板 2',
  issuedOn: null,
  changes: [
    '首页板块可以由各站点调换次序，自设栏目、本地链接、机构信息和市县动态可以不显示。',
    '首页可以放一张主图，可以放本地链接，主色可以在朱红、松绿、靛青、赭石中选。',
    '首页第一屏改为搜索加办事卡片；工作动态突出头条，通知公告按日期排列，政策和解读放在同一张卡片里。',
    '政策解读也要写明起草、初审、复审、终审四人的姓名和处室。',
    '内容页旁边一直看得到目录和负责人；搜索结果写清文号、机关、日期和站点。',
    '留言分三步填写，每一步有说明；首页用一句话讲清答复得快不快。',
    '手机上有菜单，不用脚本也能打开。',
  ],
  pageKinds: [...PAGE_KINDS],
  slots: [
    { slot: 'site-bar', rule: 'locked', note: '每个站点在网站群中的位置和通往其他站点的入口' },
    { slot: 'masthead', rule: 'locked', note: '站名由省级按区划核定；受管理的标志须先取得资格' },
    { slot: 'navigation', rule: 'locked', note: '必设栏目在前、次序一致；自设栏目排在其后' },
    { slot: 'chain', rule: 'locked', note: '起草、初审、复审、终审的姓名、处室和时间；正文旁边另有简表' },
    { slot: 'metadata', rule: 'locked', note: '索引号、文号、日期、有效性等要素的名称和次序' },
    { slot: 'footer', rule: 'locked', note: '主办单位、标识码、备案号、网站找错、网站地图' },
    { slot: 'organ-mark', rule: 'overridable', note: '只在取得资格的站点显示' },
    { slot: 'home-order', rule: 'overridable', note: '搜索和办事入口以下的各个板块可以调换位置' },
    { slot: 'accent', rule: 'overridable', note: '在四种核对过对比度的主色中选一种' },
    { slot: 'hero-picture', rule: 'optional', note: '首页第一屏右侧的一张横图，不选就不显示' },
    { slot: 'local-links', rule: 'optional', note: '最多八条，指向本地政府网站和办事平台' },
  ],
  home: [
    { block: 'hero', rule: 'locked', isMovable: false },
    { block: 'updates', rule: 'overridable', isMovable: true },
    { block: 'notices', rule: 'overridable', isMovable: true },
    { block: 'policies', rule: 'overridable', isMovable: true },
    { block: 'letters', rule: 'overridable', isMovable: true },
    { block: 'frontier', rule: 'overridable', isMovable: true },
    { block: 'approvals', rule: 'overridable', isMovable: true },
    { block: 'disclosure', rule: 'overridable', isMovable: true },
    { block: 'institutions', rule: 'optional', isMovable: true },
    { block: 'local', rule: 'optional', isMovable: true },
    { block: 'links', rule: 'optional', isMovable: true },
    { block: 'subtree', rule: 'optional', isMovable: true },
    { block: 'sites', rule: 'overridable', isMovable: true },
  ],
  columns: MANDATED_COLUMNS.map(({ key, name, kind, needsNamedChain, freshnessDays }) => ({
    key, name, kind, chain: needsNamedChain || ALSO_NAMED.includes(key) ? [...WHOLE_CHAIN] : [], freshnessDays,
  })),
  labels: {
    site: ['SiteName', 'SiteDomain'],
    column: ['ColumnName', 'ColumnDescription', 'ColumnKeywords', 'ColumnType'],
    document: ['ArticleTitle', 'PubDate', 'ContentSource', 'Url'],
  },
  footer: ['sponsor'],
  interaction: ['letters', 'letter-status', 'published-letters', 'error-report', 'answer-figures'],
  accents: [
    {
      key: 'crimson', name: '朱红',
      light: { accent: '#9c1d23', accentInk: '#ffffff', ground: '#f5f3ee' },
      dark: { accent: '#e98c8e', accentInk: '#1a0d0d', ground: '#141312' },
    },
    {
      key: 'pine', name: '松绿',
      light: { accent: '#1b5e45', accentInk: '#ffffff', ground: '#f5f3ee' },
      dark: { accent: '#7cc7a4', accentInk: '#08160f', ground: '#141312' },
    },
    {
      key: 'indigo', name: '靛青',
      light: { accent: '#23467f', accentInk: '#ffffff', ground: '#f5f3ee' },
      dark: { accent: '#93b4ea', accentInk: '#0a1220', ground: '#141312' },
    },
    {
      key: 'ochre', name: '赭石',
      light: { accent: '#7d4a1a', accentInk: '#ffffff', ground: '#f5f3ee' },
      dark: { accent: '#dba871', accentInk: '#1a1006', ground: '#141312' },
    },
  ],
  contrast: { text: 4.5 },
  limits: { pageBytes: 120 * 1024, renderMs: 60 },
}
