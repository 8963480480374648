import type { DocumentRecord } from '../../delivery/records.ts'

/** Parts of a document in an editor's words, in the order of the form. */
const PARTS: Readonly<Record<string, string>> = {
  title: '标题', subtitle: '副标题', summary: '摘要', html: '正文', picture: '题图', attachments: '附件', keywords: '关键词', origin: '来源',
  indexNumber: '索引号', documentNumber: '发文字号', issuer: '发文机关', subject: '主题', genre: '体裁', validity: '有效性',
  issuedOn: '成文日期', effectiveOn: '施行日期', repealedOn: '废止日期', applicability: '适用地域', history: '沿革',
}

/** What a correction has changed, by its parts; nothing where people signed the same words anew. */
export function changedParts(before: DocumentRecord['content'], after: DocumentRecord['content']): string[] {
  const [old, now]: Array<Record<string, unknown>> = [before, after]
  return Object.entries(PARTS).flatMap(([field, label]) => (inOneForm(old?.[field]) === inOneForm(now?.[field]) ? [] : [label]))
}

/** JSON with its members in order: the database gives them back in another order than they were written. */
function inOneForm(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) => (
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([one], [other]) => (one < other ? -1 : 1))) : inner)) ?? ''
}
