import type { ArticleContent } from '@cluster/shared/delivery/records'

export const attachments: ArticleContent['attachments'] = [
  {
    title: '事业单位法人年度报告书（2026 年度样式）',
    hash: 'c'.repeat(64),
    name: '年度报告书.docx',
    bytes: 318_000,
    mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  },
  {
    title: '填报说明与常见问题',
    hash: 'd'.repeat(64),
    name: '填报说明.pdf',
    mediaType: 'application/pdf',
    bytes: 1_300_000,
  },
]

export const fixtures = { several: { attachments }, none: { attachments: [] } }
