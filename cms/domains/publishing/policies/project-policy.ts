import type { PayloadRequest } from 'payload'
import { type PolicyContent, policyContentSchema, type PolicyRecord } from '@cluster/shared/delivery/records'
import type { Issue } from '@cluster/shared/issue'
import { indexNumber } from '@cluster/shared/publishing/index-number'
import type { StoredFile } from '../../../delivery/files.ts'
import type { Place } from '../../../delivery/place.ts'
import type { Policy } from '../../../payload-types.ts'
import type { Publication } from '../../../review/reviewable.ts'
import { projectText } from '../project-text.ts'

export type ProjectedPolicy = { policy: Policy; place: Place; content: PolicyContent; body: PolicyRecord['body']; files: StoredFile[]; issues: Issue[] }

/** The finished public form of a policy document's working copy. */
export async function projectPolicy(req: PayloadRequest, policy: Policy, place: Place): Promise<ProjectedPolicy> {
  const { html, body, attachments, files, issues } = await projectText(req, place.site.id, policy)
  return { policy, place, content: { ...policyContent(policy, place, html), attachments }, body, files, issues }
}

/** What of a working copy goes into its content, beside body and files. */
export type PolicyFacts = Pick<Policy, 'id' | 'createdAt' | 'title' | 'summary' | 'keywords' | 'documentNumber' | 'issuer' | 'subject' | 'genre' |
  'validity' | 'issuedOn' | 'effectiveOn' | 'repealedOn' | 'applicability' | 'history'>

/** The content of a policy document without files: what import and the review chain sign alike. */
export function policyContent(policy: PolicyFacts, { site }: { site: Pick<Place['site'], 'divisionCode'> }, html: string): PolicyContent {
  const text = (value: string | null | undefined) => value?.trim() || undefined
  const date = (value: string | null | undefined) => value?.slice(0, 10) || undefined
  return withoutAbsent({
    title: policy.title.trim(), summary: policy.summary?.trim() ?? '', keywords: policy.keywords ?? [], html,
    indexNumber: indexNumber({ divisionCode: site.divisionCode, year: new Date(policy.createdAt).getUTCFullYear(), id: policy.id }),
    documentNumber: text(policy.documentNumber), issuer: text(policy.issuer), subject: policy.subject ?? '综合', genre: policy.genre ?? '其他',
    validity: policy.validity ?? 'unknown', issuedOn: date(policy.issuedOn), effectiveOn: date(policy.effectiveOn), repealedOn: date(policy.repealedOn),
    applicability: text(policy.applicability),
    history: Array.isArray(policy.history) ? policy.history.filter((line): line is string => typeof line === 'string') : [],
    attachments: [],
  })
}

export function policyRecord({ policy, place, content, body }: ProjectedPolicy, publication: Publication): PolicyRecord {
  return {
    collection: 'policies', id: policy.id, site: place.site.slug, kind: 'policy',
    column: { key: place.column?.key ?? '', name: place.column?.name ?? '' },
    content: policyContentSchema.parse(content), body, ...publication,
    ...(policy.sourceId ? { sourceId: policy.sourceId } : {}),
  }
}

/** An absent value has no place in the canonical form: `undefined` is left out, not written. */
function withoutAbsent<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined)) as T
}
