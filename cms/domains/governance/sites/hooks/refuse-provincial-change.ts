import { APIError, type CollectionBeforeChangeHook } from 'payload'
import { FOOTER_FIELDS, type FooterField } from '@cluster/shared/governance/templates/parts'
import { relationId } from '@cluster/shared/publishing/rich-text'
import { manifestOf } from '@cluster/themes/manifests.ts'
import { personOf } from '../../../../access/granted-sites.ts'
import { hasDutyOn } from '../../../../access/within-granted-sites.ts'

/** Fields by which a site stands in the tree, in the words of the form; nothing that anybody sets by an edit. */
const FRAME = { slug: '网址标识', path: '位置', level: '层级', parent: '上级站点', division: '行政区划', divisionCode: '区划代码', region: '区域' } as const
/** What the province says of a site. The release changes by a rollout, past this form. */
const PROVINCIAL = { name: '站点名称', office: '单位全称', domain: '独立域名', mayDrafterReviewFirst: '允许起草人兼任初审' } as const

/**
 * An edit that changes the frame of a site, or a provincial field without the province's duty, is refused and says who may;
 * a form that sends unchanged values back passes.
 */
export const refuseProvincialChange: CollectionBeforeChangeHook = async ({ data, originalDoc, operation, req }) => {
  if (operation !== 'update' || !personOf(req)) return data
  const isChanged = (field: string) => field in data && !isSame(data[field], originalDoc[field])
  const moved = Object.entries(FRAME).find(([field]) => isChanged(field))
  if (moved) refuse(moved[0], `“${moved[1]}”决定站点在网站群中的位置，在这里不能修改。需要调整时，由省级编办按开办、合并站点的步骤办理。`)
  if (isChanged('release')) refuse('release', '“模板版本”由省级统一推行，在这里不能修改。只有省级模板管理员能在“模板推行”中更换。')
  const provincial = Object.entries(PROVINCIAL).find(([field]) => isChanged(field))
  if (provincial && !(await hasDutyOn(req, originalDoc.id, ['province-admin']))) {
    refuse(provincial[0], `“${provincial[1]}”由省级统一管理，本站点不能修改。只有省级管理员能改；确有需要，请向省级编办提出。`)
  }
  const emptied = manifestOf(originalDoc.release).footer.find((field) => isEmptied(field, data.footer, originalDoc.footer))
  if (emptied) refuse(`footer.${emptied}`, `模板规定页脚必须有“${FOOTER_FIELDS[emptied]}”，不能清空。请填写正确的内容；规定由省级模板管理员调整。`)
  return data
}

/** The sponsor is the office itself; the other fields stand in the site's footer. */
function isEmptied(field: FooterField, now: Record<string, unknown> | undefined, before: Record<string, unknown> | undefined): boolean {
  return field !== 'sponsor' && now !== undefined && field in now && !now[field] && Boolean(before?.[field])
}

/** Forms send back what they were given: a parent as its number or whole, what is empty as null, an empty word or an open box. */
function isSame(one: unknown, other: unknown): boolean {
  const plain = (value: unknown) => (typeof value === 'object' && value !== null ? relationId(value) : value) || ''
  return plain(one) === plain(other)
}

function refuse(path: string, message: string): never {
  throw new APIError(message, 403, { code: 'part-locked', path }, true)
}
