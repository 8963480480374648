import type { PolicyRecord } from '@cluster/shared/delivery/records'
import { formatDate, formatTime } from '../format.ts'

/**
 * The metadata of a policy document, in the order in which offices print it (索引号 first, 发布日期 after 成文日期).
 * Facts that the document does not have are absent; validity is shown as a word beside them.
 */
export function policyFacts({
  content,
  publishedAt,
}: Pick<PolicyRecord, 'content' | 'publishedAt'>): Array<{ name: string; value: string }> {
  const facts: Array<[string, string | undefined]> = [
    ['索引号', content.indexNumber || undefined],
    ['发文字号', content.documentNumber],
    ['发文机关', content.issuer],
    ['主题分类', content.subject],
    ['体裁', content.genre],
    ['成文日期', content.issuedOn && formatDate(content.issuedOn)],
    ['施行日期', content.effectiveOn && formatDate(content.effectiveOn)],
    ['废止日期', content.repealedOn && formatDate(content.repealedOn)],
    ['发布日期', formatTime(publishedAt)],
    ['适用地域', content.applicability],
  ]
  return facts.flatMap(([name, value]) => (value ? [{ name, value }] : []))
}
