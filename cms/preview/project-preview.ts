import type { PayloadRequest } from 'payload'
import type { DocumentRecord } from '@cluster/shared/delivery/records'
import { contentDigest } from '@cluster/shared/publishing/digest'
import { chainOf } from '@cluster/shared/publishing/disclosure'
import { articleRecord, projectArticle } from '../domains/publishing/articles/reviewable-article.ts'
import { policyRecord, projectPolicy } from '../domains/publishing/policies/project-policy.ts'
import { letterRecord } from '../domains/interaction/letters/reviewable-letter.ts'
import { placeOf } from '../delivery/place.ts'
import { standingSignOffs } from '../review/sign-offs.ts'
import type { Publication } from '../review/reviewable.ts'
import type { DocumentPreview } from './token.ts'

/** Half a text can be looked at too; a published one always has its title. */
const UNTITLED = '（还没有标题）'

/** The same projection as for a publication, over the working copy as it stands; nothing is kept of it. */
export async function projectPreview(req: PayloadRequest, { collection, id }: DocumentPreview): Promise<DocumentRecord | null> {
  const now = new Date().toISOString()
  const signOffs = await standingSignOffs(req, { collection, id })
  const publication = (content: unknown): Publication => ({
    publishedAt: now, corrections: [],
    // Nobody has signed yet: the place where the chain will stand shows who would.
    disclosure: { digest: contentDigest(content), chain: signOffs.length > 0 ? chainOf(signOffs) : [{ link: 'draft', name: '（待签批）', unit: '（待签批）', at: now }] },
  })
  const find = async () => req.payload.findByID({ collection, id, depth: 0, req, overrideAccess: true, disableErrors: true })
  const document = await find()
  if (!document) return null
  switch (collection) {
    case 'articles': {
      const projected = await projectArticle(req, document as Parameters<typeof projectArticle>[1])
      projected.content.title ||= UNTITLED
      return articleRecord(projected, publication(projected.content))
    }
    case 'policies': {
      const policy = document as Parameters<typeof projectPolicy>[1]
      const projected = await projectPolicy(req, policy, await placeOf(req, policy))
      projected.content.title ||= UNTITLED
      return policyRecord(projected, publication(projected.content))
    }
    case 'letters': return letterRecord(req, document as Parameters<typeof letterRecord>[1], publication)
  }
}
