import type { PayloadRequest } from 'payload'
import { type ArticleContent, type ArticleRecord, articleContentSchema } from '@cluster/shared/delivery/records'
import type { Issue } from '@cluster/shared/issue'
import { articleIssues } from '@cluster/shared/publishing/completeness'
import { relationId } from '@cluster/shared/publishing/rich-text'
import type { StoredFile } from '../../../delivery/files.ts'
import { type Place, placeOf } from '../../../delivery/place.ts'
import { storeRecord, storeTombstone } from '../../../delivery/store-record.ts'
import type { Article } from '../../../payload-types.ts'
import { clockOf } from '../../../review/clock.ts'
import type { Publication, Reviewable } from '../../../review/reviewable.ts'
import { projectText } from '../project-text.ts'

type Projected = { article: Article; place: Place; content: ArticleContent; body: ArticleRecord['body']; files: StoredFile[]; issues: Issue[] }

const read = (req: PayloadRequest, id: number) => req.payload.findByID({ collection: 'articles', id, depth: 0, req, overrideAccess: true })

/** The finished public form of a working copy. */
export async function projectArticle(req: PayloadRequest, article: Article): Promise<Projected> {
  const place = await placeOf(req, article)
  const { html, body, attachments, picture, files, issues } = await projectText(req, place.site.id, article)
  const source = article.origin?.source?.trim() ?? ''
  const content: ArticleContent = {
    title: article.title.trim(),
    ...(article.subtitle?.trim() ? { subtitle: article.subtitle.trim() } : {}),
    summary: article.summary?.trim() ?? '',
    keywords: article.keywords ?? [],
    html,
    origin: article.origin?.type === 'repost'
      ? { type: 'repost', source, ...(article.origin.url ? { url: article.origin.url } : {}) } : { type: 'original' },
    ...(picture ? { picture } : {}),
    attachments,
  }
  return { article, place, content, body, files, issues }
}

export function articleRecord({ article, place, content, body }: Projected, publication: Publication): ArticleRecord {
  return {
    collection: 'articles', id: article.id, site: place.site.slug, kind: article.kind ?? 'update',
    column: { key: place.column?.key ?? '', name: place.column?.name ?? '' },
    content: articleContentSchema.parse(content), body, ...publication,
  }
}

export const reviewableArticle: Reviewable = {
  sign: async (req, id) => {
    const { article, place, content, body, issues } = await projectArticle(req, await read(req, id))
    return {
      content,
      issues: [...issues, ...articleIssues(content, {
        columnKey: place.column?.key ?? null, columnKind: place.column?.kind ?? null, kind: article.kind ?? 'update',
        text: body.text, interprets: interpreted(article),
      })],
    }
  },
  publish: async (req, id, _signed, publication) => {
    const projected = await projectArticle(req, await read(req, id))
    return storeRecord(req, articleRecord(projected, publication), {
      files: projected.files, sitePath: projected.place.site.path, now: clockOf(req).toISOString(),
      links: interpreted(projected.article).map((policy) => ({ to: { collection: 'policies' as const, id: policy }, relation: 'interprets' as const })),
    })
  },
  withdraw: async (req, id, withdrawal) => {
    const { site } = await placeOf(req, await read(req, id))
    return storeTombstone(req, { collection: 'articles', id }, withdrawal, site.path)
  },
}

const interpreted = (article: Article) => (article.kind === 'interpretation' ? article.policies ?? [] : []).flatMap((policy) => relationId(policy) ?? [])
