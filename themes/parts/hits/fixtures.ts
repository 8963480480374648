import type { SearchPage } from '@cluster/shared/delivery/page-models'

type Hit = SearchPage['hits'][number]

const marked = (text: string, word: string) =>
  text
    .split(word)
    .flatMap((part, index) => [
      ...(index > 0 ? [{ text: word, isMatch: true }] : []),
      ...(part ? [{ text: part, isMatch: false }] : []),
    ])

const hit = (id: number, title: string, snippet: string, own: Partial<Hit>): Hit => ({
  collection: 'policies',
  id,
  kind: 'policy',
  site: 'jiangsu',
  siteName: '江苏机构编制',
  title,
  titleParts: marked(title, '编制'),
  snippetParts: marked(snippet, '编制'),
  publishedAt: '2026-10-31T02:00:00.000Z',
  href: `http://jiangsu.localhost:4321/policies/${id}/`,
  ...own,
})

export const hits: Hit[] = [
  hit(
    7,
    '国务院行政机构设置和编制管理条例',
    '…国务院行政机构的编制依据职能配置和职位分类，按照精简的原则确定。前款所称编制，包括人员的数量定额和领导职数…',
    {
      documentNumber: '中华人民共和国国务院令第227号',
      issuer: '国务院',
      validity: 'in-force',
    },
  ),
  hit(8, '机构编制实名制管理暂行办法', '…实名制管理是指将机构编制核定到具体单位、将编制对应到具体人员…', {
    documentNumber: '苏编办发〔2019〕3号',
    validity: 'repealed',
  }),
  hit(
    12,
    '陆家镇儿童友好服务岗位编制先用后核',
    '…没有另设机构，而是按周转池办法给该镇社会事业综合服务中心调剂事业编制 4 名，使用期两年…',
    {
      collection: 'articles',
      kind: 'update',
      site: 'suzhou-kunshan',
      siteName: '昆山机构编制',
      href: '/articles/12/',
    },
  ),
]

export const fixtures = { found: { hits } }
