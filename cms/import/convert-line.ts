import { type Issue, isPermitted } from '@cluster/shared/issue'
import { policyIssues } from '@cluster/shared/publishing/completeness'
import { contentDigest } from '@cluster/shared/publishing/digest'
import type { ImportLine } from '@cluster/shared/publishing/import-line'
import { importedPolicy } from '@cluster/shared/publishing/imported-policy'
import { renderRichText, type RichText } from '@cluster/shared/publishing/rich-text'
import { policyContent, type PolicyFacts } from '../domains/publishing/policies/project-policy.ts'
import type { Column, Site } from '../payload-types.ts'
import { markdownToRichText } from './markdown-to-rich-text.ts'

/** Where the documents of an import go. */
export type Destination = {
  site: Pick<Site, 'id' | 'slug' | 'division' | 'divisionCode'>
  column: Pick<Column, 'id' | 'key' | 'name' | 'kind'>
}

/** A document as its row will be, all but its id. */
export type Converted = {
  facts: Omit<PolicyFacts, 'id' | 'createdAt'> & { sourceId: string }
  body: RichText
  html: string
  findings: Issue[]
}

/** A missing summary is no lack of the old document: it never had one, and lists show the beginning of the text. */
const EXPECTED = ['summary-missing']

/**
 * Turns a line into the row of a policy document, under the rules that hold in the admin.
 * @returns the row with its findings, or the issues that forbid it
 */
export function convertLine(
  line: ImportLine,
  { site, column }: Destination,
  isAmended: boolean,
): Converted | { issues: Issue[] } {
  const {
    title,
    sourceId,
    documentNumber,
    issuer,
    subject,
    genre,
    validity,
    issuedOn,
    effectiveOn,
    applicability,
    history,
  } = importedPolicy(line, { division: site.division, isAmended })
  const body = markdownToRichText(line.body)
  const { html, text } = renderRichText(body)
  const midnight = (date: string | null) => (date === null ? null : `${date}T00:00:00.000Z`)
  const facts = {
    sourceId,
    title,
    documentNumber,
    issuer,
    subject,
    genre,
    validity,
    issuedOn: midnight(issuedOn),
    effectiveOn: midnight(effectiveOn),
    repealedOn: null,
    summary: null,
    keywords: [],
    applicability,
    history,
  }
  const issues = policyIssues(
    policyContent({ ...facts, id: 0, createdAt: new Date(0).toISOString() }, { site }, html),
    {
      columnKey: column.key,
      columnKind: column.kind,
      kind: 'policy',
      text,
      isImported: true,
    },
  )
  if (!isPermitted(issues)) return { issues: issues.filter(({ severity }) => severity === 'error') }
  return { facts, body, html, findings: issues.filter(({ code }) => !EXPECTED.includes(code)) }
}

/**
 * The digest that the document's projection will have, once it has this id and this time of coming into the cluster.
 */
export function digestOf(
  { facts, html }: Converted,
  { site }: Destination,
  { id, createdAt }: { id: number; createdAt: string },
): string {
  return contentDigest(policyContent({ ...facts, id, createdAt }, { site }, html))
}
