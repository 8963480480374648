import type { Who } from './who.ts'

/** What can be done to a document. */
export const OPERATIONS = {
  list: '列出', count: '计数', read: '查看', readVersion: '查看历史版本', create: '新建', update: '保存', bulkUpdate: '批量保存', restoreVersion: '恢复历史版本',
  publish: '发布', schedule: '定时发布', delete: '删除', bulkDelete: '批量删除', upload: '上传', download: '下载',
} as const
export type Operation = keyof typeof OPERATIONS
export const OPERATION_NAMES = Object.keys(OPERATIONS) as Operation[]

const TEXTS = ['editor', 'first-reviewer', 'second-reviewer', 'final-reviewer'] as const
const READERS = [...TEXTS, 'site-admin', 'province-admin', 'inspector'] as const
const KEEPERS = ['site-admin', 'province-admin'] as const

const shut: Record<Operation, Who> = {
  list: 'nobody', count: 'nobody', read: 'nobody', readVersion: 'nobody', create: 'nobody', update: 'nobody', bulkUpdate: 'nobody', restoreVersion: 'nobody',
  publish: 'nobody', schedule: 'nobody', delete: 'nobody', bulkDelete: 'nobody', upload: 'nobody', download: 'nobody',
}
const readBy = (who: Who) => ({ list: who, count: who, read: who })
const text: Record<Operation, Who> = {
  ...shut, ...readBy(READERS), readVersion: READERS,
  // Saved one by one, each on the version that somebody saw.
  create: ['editor'], update: TEXTS, restoreVersion: TEXTS, publish: ['final-reviewer'], schedule: ['final-reviewer'],
}

/**
 * Who may do what to a document of a site, collection by collection. Duties are written out here and not taken from the code that they check.
 * What a row does not open is shut to everybody. A collection or global without a row fails the tests.
 */
export const COLLECTIONS: Record<string, Record<Operation, Who>> = {
  articles: text,
  policies: text,
  // Written by the public alone.
  letters: { ...text, create: 'nobody' },
  // Written by the import alone.
  'import-batches': { ...text, create: 'nobody', update: 'nobody', restoreVersion: 'nobody' },
  // Made with the site, by the cluster alone.
  layouts: { ...text, create: 'nobody' },
  media: {
    ...shut, ...readBy(READERS), download: READERS,
    upload: [...TEXTS, 'site-admin'], update: [...TEXTS, 'site-admin'], bulkUpdate: [...TEXTS, 'site-admin'],
  },
  // Which sites there are is no secret; `list` is what the site's own frame is chosen from.
  sites: { ...shut, ...readBy('signed-in'), update: KEEPERS, bulkUpdate: KEEPERS },
  columns: { ...shut, ...readBy([...READERS, 'template-steward']), create: KEEPERS, update: KEEPERS, bulkUpdate: KEEPERS, delete: KEEPERS, bulkDelete: KEEPERS },
  // Of other people; everybody also sees and keeps the own account.
  users: {
    ...shut, ...readBy(['security-admin', 'site-admin', 'province-admin', 'audit-admin']),
    create: ['security-admin'], update: ['security-admin'], bulkUpdate: ['security-admin'],
  },
  // What Payload keeps for itself: opened to nobody by rule; one's own preferences go by key (see the doors).
  'payload-preferences': shut,
  'payload-migrations': shut,
  'payload-kv': shut,
}
/** There are none. */
export const GLOBALS: Record<string, Record<Operation, Who>> = {}
