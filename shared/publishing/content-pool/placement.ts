import type { ColumnRecord } from '../../delivery/records.ts'
import { type Issue, refusal } from '../../issue.ts'
import { isWithin, type SiteFact } from '../../governance/site-tree.ts'
import { DOCUMENT_KINDS, type DocumentCollection, type DocumentKind } from '../kinds.ts'

/** Ways in which a text stands on a site that did not write it. */
export const PLACEMENT_MODES = { mandatory: '上级推送（必登）', offered: '上级推送（选登）', adopted: '采用' } as const
export type PlacementMode = keyof typeof PLACEMENT_MODES

/** Where an offer stands at the site that it was made to. */
export const OFFER_STATES = { open: '等待处理', adopted: '已采用', declined: '不采用', withdrawn: '已收回' } as const
export type OfferState = keyof typeof OFFER_STATES

/** A published text as the pool sees it. */
export type PoolItem = {
  collection: DocumentCollection
  id: number
  site: Pick<SiteFact, 'slug' | 'path'>
  kind: DocumentKind
  columnKey: string
  isPublished: boolean
  /** Site of the original when this is itself a placement; an original has none. */
  placedFrom: string | null
}

const REASON_MIN = 4

/**
 * The column of a site in which another site's text belongs: the one of the same key, then the mandated one of the
 * same kind, then any of that kind; null where the site has none.
 */
export function columnFor(item: Pick<PoolItem, 'kind' | 'columnKey'>, columns: readonly ColumnRecord[]): ColumnRecord | null {
  const fitting = columns.filter(({ kind }) => kind === item.kind)
  return fitting.find(({ key }) => key === item.columnKey) ?? fitting.find(({ isMandated }) => isMandated) ?? fitting[0] ?? null
}

export type PushRequest = {
  item: PoolItem
  mode: Extract<PlacementMode, 'mandatory' | 'offered'>
  /** Site of the person who pushes, with the right to publish there. */
  from: Pick<SiteFact, 'slug' | 'path' | 'level'>
  mayPublishThere: boolean
  targets: readonly (Pick<SiteFact, 'slug' | 'path' | 'division'> & { columns: readonly ColumnRecord[] })[]
}

/** Everything that stands against pushing a text down: a push reaches all its targets or none. */
export function pushIssues({ item, from, mayPublishThere, targets }: PushRequest): Issue[] {
  const issues: Issue[] = []
  if (!mayPublishThere) issues.push(refusal('not-permitted', '推送须由本单位有终审职责的人办理，您的账号没有这项职责。'))
  if (from.level === 'county') issues.push(refusal('no-subtree', '县（市、区）没有下级站点，不能推送。可以“报送”给上级。'))
  if (item.site.slug !== from.slug) issues.push(refusal('not-own', '只能推送本单位发布的内容。别人的内容请先“采用”，并注明来源。'))
  if (item.placedFrom !== null) issues.push(refusal('not-original', '这是从别处采用的内容，推送要由原单位办理。'))
  if (!item.isPublished) issues.push(refusal('not-published', '内容还没有发布。请先走完三审再推送。'))
  if (item.collection === 'letters') issues.push(refusal('letters-stay', '留言答复只属于收信的单位，不能推送。'))
  if (targets.length === 0) issues.push(refusal('no-targets', '没有选中接收的站点。请至少选一个。', 'targets'))
  const outside = targets.filter(({ slug, path }) => slug === from.slug || !isWithin(path, from.path))
  if (outside.length > 0) issues.push(refusal('outside-subtree', `${outside.map(({ division }) => division).join('、')}不是下级站点，不能推送。请去掉。`, 'targets'))
  const without = targets.filter(({ columns }) => columnFor(item, columns) === null)
  if (without.length > 0) {
    issues.push(refusal('no-column', `${without.map(({ division }) => division).join('、')}没有“${DOCUMENT_KINDS[item.kind]}”类的栏目，放不下这篇内容。`, 'targets'))
  }
  return issues
}

export type AdoptRequest = {
  item: PoolItem
  to: Pick<SiteFact, 'slug' | 'path'> & { columns: readonly ColumnRecord[] }
  isThereAlready: boolean
}

/** What stands against taking over a text of another site. */
export function adoptIssues({ item, to, isThereAlready }: AdoptRequest): Issue[] {
  const issues: Issue[] = []
  if (item.site.slug === to.slug) issues.push(refusal('own', '这是本站点自己的内容，不用采用。'))
  if (item.placedFrom !== null) issues.push(refusal('not-original', '请到原单位的那一篇上采用，来源才是完整的。'))
  if (!item.isPublished) issues.push(refusal('not-published', '内容已经撤下或还没有发布，不能采用。'))
  if (item.collection === 'letters') issues.push(refusal('letters-stay', '留言答复只属于收信的单位，不能采用。'))
  if (isThereAlready) issues.push(refusal('there-already', '本站点已经有这篇内容，不会重复显示。'))
  if (columnFor(item, to.columns) === null) issues.push(refusal('no-column', `本站点没有“${DOCUMENT_KINDS[item.kind]}”类的栏目。请站点管理员先增加栏目。`))
  return issues
}

/** What a site's editor may do with an offer. */
export function decideOffer(state: OfferState, request: { action: 'adopt' | 'decline' | 'withdraw'; reason?: string | undefined }): { issues: Issue[]; next: OfferState } {
  const next = ({ adopt: 'adopted', decline: 'declined', withdraw: 'withdrawn' } as const)[request.action]
  if (state !== 'open' && !(state === 'declined' && request.action === 'adopt')) {
    return { issues: [refusal('offer-closed', `这条推送${OFFER_STATES[state]}，不用再办理。`)], next: state }
  }
  if (request.action === 'decline' && (request.reason?.trim().length ?? 0) < REASON_MIN) {
    return { issues: [refusal('reason-required', `请写明为什么不采用，至少 ${REASON_MIN} 个字，推送的单位会看到。`, 'reason')], next: state }
  }
  return { issues: [], next }
}

/** True when only the site of origin may change or take away the placement. */
export const isLocked = (mode: PlacementMode) => mode === 'mandatory'

/** What a change of the original does to a placement of it. */
export function afterChange(mode: PlacementMode, change: 'corrected' | 'withdrawn'): { shows: 'newest' | 'nothing'; tellsEditor: boolean } {
  // One copy, many references: every placement shows the original as it stands, whoever placed it.
  return { shows: change === 'withdrawn' ? 'nothing' : 'newest', tellsEditor: mode !== 'mandatory' }
}
