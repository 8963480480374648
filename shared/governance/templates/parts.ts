/** What stands on a home page, in the order that the province proposes. The first names are what a steward reads. */
export const HOME_BLOCKS = {
  hero: '搜索和办事入口',
  updates: '工作动态',
  notices: '通知公告',
  policies: '政策文件与解读',
  frontier: '前沿信息',
  approvals: '行政审批',
  institutions: '机构信息',
  disclosure: '信息公开',
  local: '自设栏目',
  links: '本地链接',
  letters: '互动交流',
  subtree: '市县动态',
  sites: '站点导航',
} as const
export type HomeBlock = keyof typeof HOME_BLOCKS
export const HOME_BLOCK_CODES = Object.keys(HOME_BLOCKS) as HomeBlock[]

/** What a release says of a part. */
export const PART_RULES = {
  locked: '锁定：全省一致，只有省级模板管理员能改',
  overridable: '可改写：本站点可以在给定范围内改',
  optional: '可选用：本站点可以不显示',
} as const
export type PartRule = keyof typeof PART_RULES

/** Parts beside the home page's blocks that a release rules. */
export const SLOTS = {
  'site-bar': '网站群导航条',
  masthead: '站名和标志',
  navigation: '栏目导航',
  chain: '信息实名公开',
  metadata: '公文要素',
  footer: '页脚',
  'organ-mark': '党政机关网站标识',
  'hero-picture': '首页主图',
  'local-links': '本地链接',
  accent: '主色',
  'home-order': '首页板块次序',
} as const
export type Slot = keyof typeof SLOTS
export const SLOT_CODES = Object.keys(SLOTS) as Slot[]

/** Without these no portal may stand before the public: norms on labels, footer, named responsibility. */
export const MANDATED_SLOTS: readonly Slot[] = ['site-bar', 'masthead', 'navigation', 'chain', 'metadata', 'footer', 'organ-mark']

/** Ways in which the public takes part; a release switches them on for the sites that run it. */
export const INTERACTION_MODULES = {
  letters: '网上留言',
  'letter-status': '凭查询码查进度',
  'published-letters': '公开答复选登',
  'error-report': '网站找错',
  'answer-figures': '答复时效统计',
} as const
export type InteractionModule = keyof typeof INTERACTION_MODULES

/** Fields of the footer in the words of the site label specification; the key is that of `SiteRecord.footer`. */
export const FOOTER_FIELDS = {
  sponsor: '主办单位',
  address: '办公地址',
  phone: '联系电话',
  email: '电子邮箱',
  siteIdCode: '网站标识码',
  icpRecord: 'ICP 备案号',
  publicSecurityRecord: '公安备案号',
  organMarkUrl: '党政机关网站标识',
} as const
export type FooterField = keyof typeof FOOTER_FIELDS
