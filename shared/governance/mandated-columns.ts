import type { DocumentKind } from '../publishing/kinds.ts'

export type MandatedColumn = {
  key: string
  name: string
  description: string
  /** What the column holds. */
  kind: DocumentKind
  /** Stands under 信息实名公开: nothing is published here without the displayed chain of names, units and times. */
  needsNamedChain: boolean
  /** Days without an update after which the national inspection calls the column stale (国办秘函〔2019〕19号); null: no limit. */
  freshnessDays: number | null
}

/** The columns that every site carries, in the order of the navigation. Only the province changes this list. */
export const MANDATED_COLUMNS: readonly MandatedColumn[] = [
  { key: 'updates', name: '工作动态', description: '机构编制部门的工作进展与成效', kind: 'update', needsNamedChain: true, freshnessDays: 14 },
  { key: 'frontier', name: '前沿信息', description: '改革试点、各地做法与研究', kind: 'frontier', needsNamedChain: true, freshnessDays: null },
  { key: 'notices', name: '通知公告', description: '通知、公告与公示', kind: 'notice', needsNamedChain: true, freshnessDays: 180 },
  { key: 'policies', name: '政策文件', description: '机构编制法规、规章与规范性文件', kind: 'policy', needsNamedChain: true, freshnessDays: 180 },
  { key: 'interpretations', name: '政策解读', description: '对政策文件的说明与问答', kind: 'interpretation', needsNamedChain: false, freshnessDays: null },
  { key: 'approvals', name: '行政审批', description: '机构设立、登记与用编事项的办理结果', kind: 'approval', needsNamedChain: true, freshnessDays: null },
  { key: 'institutions', name: '机构信息', description: '机构职能、内设机构与领导分工', kind: 'information', needsNamedChain: false, freshnessDays: null },
  { key: 'interaction', name: '互动交流', description: '留言、答复与意见征集', kind: 'letter', needsNamedChain: false, freshnessDays: null },
  { key: 'disclosure', name: '信息公开', description: '公开指南、年度报告与预决算', kind: 'information', needsNamedChain: false, freshnessDays: null },
]

/** Key of a column → what the province mandates of it; undefined for a local column. */
export function mandatedColumn(key: string): MandatedColumn | undefined {
  return MANDATED_COLUMNS.find((column) => column.key === key)
}
