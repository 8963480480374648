import { finding, type Issue, refusal } from '../issue.ts'
import { mandatedColumn } from '../governance/mandated-columns.ts'
import type { ArticleContent, PolicyContent } from '../delivery/records.ts'

/** National label specification: titles above this are cut by the inspection's lists. */
export const TITLE_LIMIT = 120
export const SUMMARY_LIMIT = 300

type Placed = { columnKey: string | null; columnKind: string | null; kind: string }

/** What an article needs before it may be submitted. A draft may lack any of it. */
export function articleIssues(content: ArticleContent, place: Placed & { text: string; interprets: readonly number[] }): Issue[] {
  const issues = commonIssues(content, place)
  if (place.text.trim().length < 10) issues.push(refusal('body-required', '正文还没有内容，请写完再提交。', 'body'))
  if (place.kind === 'interpretation' && place.interprets.length === 0) {
    issues.push(refusal('policy-required', '政策解读必须关联被解读的政策文件，请在“解读的政策”中选择。', 'policies'))
  }
  if (content.origin.type === 'repost' && !content.origin.source.trim()) {
    issues.push(refusal('source-required', '转载稿件必须注明来源。', 'origin.source'))
  }
  return issues
}

/** What a policy document needs. Old documents that came by import may lack metadata: there it is a finding, no refusal. */
export function policyIssues(content: PolicyContent, place: Placed & { text: string; isImported: boolean }): Issue[] {
  const issues = commonIssues(content, place)
  const missing = place.isImported ? finding : refusal
  if (!content.issuer) issues.push(missing('issuer-missing', '缺少发文机关。', 'issuer'))
  if (!content.documentNumber) issues.push(finding('document-number-missing', '没有发文字号；如果原文有，请补上。', 'documentNumber'))
  if (!content.issuedOn) issues.push(missing('issue-date-missing', '缺少成文日期。', 'issuedOn'))
  if (content.validity === 'unknown') issues.push(missing('validity-unknown', '没有标注有效性，请核实后选择。', 'validity'))
  if (content.issuedOn && content.repealedOn && content.repealedOn < content.issuedOn) {
    issues.push(refusal('dates-contradict', '废止日期早于成文日期，请核对。', 'repealedOn'))
  }
  if (place.text.trim().length < 10 && content.attachments.length === 0) {
    issues.push(refusal('body-required', '正文和附件都没有内容，请至少提供一项。', 'body'))
  }
  return issues
}

function commonIssues(content: ArticleContent | PolicyContent, place: Placed): Issue[] {
  const issues: Issue[] = []
  if (!content.title.trim()) issues.push(refusal('title-required', '请填写标题。', 'title'))
  if (content.title.length > TITLE_LIMIT) issues.push(refusal('title-too-long', `标题请控制在 ${TITLE_LIMIT} 字以内，现在是 ${content.title.length} 字。`, 'title'))
  if (!content.summary.trim()) issues.push(finding('summary-missing', '没有摘要，列表和搜索结果将显示正文开头。', 'summary'))
  if (content.summary.length > SUMMARY_LIMIT) issues.push(refusal('summary-too-long', `摘要请控制在 ${SUMMARY_LIMIT} 字以内，现在是 ${content.summary.length} 字。`, 'summary'))
  if (!place.columnKey) issues.push(refusal('column-required', '请选择栏目。', 'column'))
  const expected = place.columnKind ?? (place.columnKey ? mandatedColumn(place.columnKey)?.kind : undefined)
  if (expected && expected !== place.kind) issues.push(refusal('column-mismatch', '稿件类型与栏目不符，请换一个栏目。', 'column'))
  return issues
}
