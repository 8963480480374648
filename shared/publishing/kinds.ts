/** What a published document is, as readers and search tell them apart. */
export const DOCUMENT_KINDS = {
  update: '工作动态',
  frontier: '前沿信息',
  notice: '通知公告',
  policy: '政策文件',
  interpretation: '政策解读',
  approval: '行政审批',
  information: '公开信息',
  letter: '留言答复',
} as const
export type DocumentKind = keyof typeof DOCUMENT_KINDS

/** The kinds that the collection `articles` holds; `information` serves the institutions and disclosure columns. */
export const ARTICLE_KINDS = ['update', 'frontier', 'notice', 'interpretation', 'approval', 'information'] as const
export type ArticleKind = (typeof ARTICLE_KINDS)[number]

/** The collections that have a public copy. */
export const DOCUMENT_COLLECTIONS = ['articles', 'policies', 'letters'] as const
export type DocumentCollection = (typeof DOCUMENT_COLLECTIONS)[number]

export const VALIDITIES = {
  'in-force': '有效',
  amended: '已修改',
  repealed: '已废止',
  expired: '已失效',
  unknown: '未标注',
} as const
export type Validity = keyof typeof VALIDITIES

export const SUBJECTS = ['机构设置', '编制管理', '事业单位', '职责配置', '监督检查', '登记管理', '综合', '法律法规'] as const
export const GENRES = ['通知', '意见', '办法', '规定', '方案', '细则', '条例', '法律', '决定', '解释', '其他'] as const

export const LETTER_KINDS = { inquiry: '咨询', complaint: '投诉', suggestion: '建议', 'error-report': '网站找错' } as const
export type LetterKind = keyof typeof LETTER_KINDS
