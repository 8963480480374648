import type { State } from '@cluster/shared/publishing/states'
import type { ReviewedCollection } from '../domains/slugs.ts'

/** Why something waits for a person, in the order in which the inbox shows what has no deadline. */
export const INBOX_REASONS = {
  review: '等我审核',
  'review-later': '等我补审',
  returned: '退回给我修改',
  letter: '等待答复',
  batch: '等待提交的迁移批次',
  submission: '下级报送',
  corrected: '原文已更正',
  'original-withdrawn': '原文已撤稿',
  offer: '上级推送',
  draft: '我的草稿',
  metadata: '待补元数据',
} as const
export type InboxReason = keyof typeof INBOX_REASONS

export type InboxItem = {
  reason: InboxReason
  collection: ReviewedCollection
  /** Null where one line stands for several documents of a site. */
  id: number | null
  title: string
  /** What it is, in a clerk's words: 工作动态, 政策文件, 咨询. */
  kind: string
  site: { id: number; name: string }
  state: State
  /** Who made the last step, and what was said with it. */
  from: { name: string; unit: string } | null
  note: string | null
  /** ISO 8601; since when it waits. */
  since: string | null
  /** ISO 8601; by when it must be done. */
  dueAt: string | null
  /** Where the person does it: an address within the admin. */
  href: string
}

export type Inbox = {
  items: InboxItem[]
  counts: Record<InboxReason, number>
  /** More waits than is listed; the counts are of what is listed. */
  isCut: boolean
}

/** What has a deadline comes first, the earliest at the top; the rest as the reasons go, what has waited longest first. */
export function byUrgency(one: InboxItem, other: InboxItem): number {
  if (one.dueAt || other.dueAt) return (one.dueAt ?? LAST).localeCompare(other.dueAt ?? LAST)
  const rank = ORDER.indexOf(one.reason) - ORDER.indexOf(other.reason)
  return rank || (one.since ?? LAST).localeCompare(other.since ?? LAST)
}

const LAST = '9999'
const ORDER = Object.keys(INBOX_REASONS) as InboxReason[]
