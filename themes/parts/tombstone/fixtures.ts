import type { Tombstone } from '@cluster/shared/delivery/records'

export const tombstone: Tombstone = {
  collection: 'articles',
  id: 31,
  site: 'suzhou-kunshan',
  column: { key: 'notices', name: '通知公告' },
  title: '关于调整登记窗口服务时间的通知',
  publishedAt: '2026-11-02T01:00:00.000Z',
  withdrawnAt: '2026-11-03T08:30:00.000Z',
  reason: '服务时间有误，已另发更正后的通知',
  name: '龚海涛',
  unit: '分管负责人',
}

export const fixtures = { withdrawn: { tombstone } }
