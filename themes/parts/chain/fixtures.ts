import type { Disclosure } from '@cluster/shared/delivery/records'

const digest = `sha256:4f1c${'7b3e9d05a26c'.repeat(4)}e1d09a5577319a02`

const complete: Disclosure = {
  digest,
  chain: [
    { link: 'draft', name: '钱语桐', unit: '综合科', at: '2026-11-18T07:20:00.000Z' },
    { link: 'first-review', name: '朱敬轩', unit: '综合科', at: '2026-11-18T09:02:00.000Z' },
    { link: 'second-review', name: '浦志明', unit: '体制改革科', at: '2026-11-19T01:40:00.000Z' },
    { link: 'final-review', name: '龚海涛', unit: '分管负责人', at: '2026-11-19T02:15:00.000Z' },
  ],
}
const emergency: Disclosure = {
  digest,
  chain: [complete.chain[0]!],
  emergency: {
    name: '龚海涛',
    unit: '分管负责人',
    at: '2026-11-19T13:05:00.000Z',
    reason: '台风红色预警期间窗口停办，须立即告知群众',
    reviewDueAt: '2026-11-20T13:05:00.000Z',
  },
}
const batch: Disclosure = {
  ...complete,
  batch: { id: 3, name: '法规规章历史文本', documents: 3416, manifestDigest: `sha256:${'0c9d4e81'.repeat(8)}` },
}

export const disclosures = { complete, emergency, batch }
export const fixtures = {
  complete: { disclosure: complete, publishedAt: '2026-11-19T02:15:00.000Z' },
  emergency: { disclosure: emergency, publishedAt: '2026-11-19T13:05:00.000Z' },
  batch: { disclosure: batch, publishedAt: '2026-11-19T02:15:00.000Z' },
  preview: {
    disclosure: { ...complete, chain: complete.chain.slice(0, 2) },
    publishedAt: '2026-11-19T02:15:00.000Z',
    isPreview: true,
  },
}
