import type { SearchPage } from '@cluster/shared/delivery/page-models'
import { DOCUMENT_KINDS, VALIDITIES } from '@cluster/shared/publishing/kinds'

const option = (value: string, label: string, count: number, isSelected = false) => ({
  value,
  label,
  count,
  href: `/search/?q=${encodeURIComponent('编制')}&v=${value}`,
  isSelected,
})

export const facets: SearchPage['facets'] = [
  {
    key: 'kind',
    label: '类型',
    options: [
      option('policy', DOCUMENT_KINDS.policy, 3108, true),
      option('update', DOCUMENT_KINDS.update, 214),
      option('notice', DOCUMENT_KINDS.notice, 94),
    ],
  },
  {
    key: 'year',
    label: '年份',
    options: Array.from({ length: 14 }, (_, index) =>
      option(String(2026 - index), String(2026 - index), 210 - index * 11),
    ),
  },
  {
    key: 'issuer',
    label: '发文机关',
    options: [option('guowuyuan', '国务院', 402), option('renda', '上海市第十五届人民代表大会常务委员会', 62)],
  },
  {
    key: 'validity',
    label: '有效性',
    options: [
      option('in-force', VALIDITIES['in-force'], 71),
      option('repealed', VALIDITIES.repealed, 12),
      option('unknown', VALIDITIES.unknown, 3025),
    ],
  },
]
export const chosen: SearchPage['chosen'] = [
  { label: '类型：政策文件', href: `/search/?q=${encodeURIComponent('编制')}` },
]

export const fixtures = {
  chosen: { facets, chosen },
  'nothing chosen': { facets, chosen: [] },
  'nothing to choose': { facets: [{ ...facets[0]!, options: [] }], chosen: [] },
}
