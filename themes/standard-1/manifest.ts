import { PAGE_KINDS, type PageKind } from '@cluster/shared/delivery/page-models'
import { MANDATED_COLUMNS } from '@cluster/shared/governance/mandated-columns'

/** A place in the release. Locked: the province decides for every site. Overridable: an office may change it. */
export type Slot = { id: string; name: string; rule: 'locked' | 'overridable'; note: string }

export type Manifest = {
  id: string
  name: string
  version: string
  /** Calendar date on which the province issued the release. */
  issuedOn: string
  pageKinds: readonly PageKind[]
  slots: readonly Slot[]
  /** Keys of the columns that a site running the release must carry. */
  mandatedColumns: readonly string[]
}

export const manifest: Manifest = {
  id: 'standard-1',
  name: '全省统一模板',
  version: '1.0.0',
  issuedOn: '2026-11-23',
  pageKinds: PAGE_KINDS,
  slots: [
    { id: 'site-bar', name: '网站群导航条', rule: 'locked', note: '每个站点在网站群中的位置和通往其他站点的入口' },
    { id: 'emblem', name: '站名标志', rule: 'overridable', note: '默认是中性图形；使用受管理的标志须先取得资格' },
    { id: 'navigation', name: '栏目导航', rule: 'overridable', note: '必设栏目不能移除，可以增加自设栏目' },
    { id: 'home-local', name: '首页自设栏目区', rule: 'overridable', note: '显示本站自设栏目的最新内容' },
    { id: 'chain', name: '信息实名公开', rule: 'locked', note: '起草、初审、复审、终审的姓名、单位和时间' },
    { id: 'metadata', name: '公文要素', rule: 'locked', note: '索引号、文号、日期、有效性等要素的名称和次序' },
    { id: 'footer', name: '页脚', rule: 'locked', note: '主办单位、标识码、备案号、网站找错、网站地图' },
    { id: 'organ-mark', name: '党政机关网站标识', rule: 'overridable', note: '只在取得资格的站点显示' },
  ],
  mandatedColumns: MANDATED_COLUMNS.map(({ key }) => key),
}
