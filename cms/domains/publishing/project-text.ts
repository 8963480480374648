import type { PayloadRequest } from 'payload'
import type { ArticleContent, ArticleRecord, Picture } from '@cluster/shared/delivery/records'
import { mediaInRichText, relationId, renderRichText, type RichText } from '@cluster/shared/publishing/rich-text'
import { originalFile, pictureOf, readMedia, type StoredFile } from '../../delivery/files.ts'
import type { Article, Policy } from '../../payload-types.ts'

type Words = Pick<Article | Policy, 'body' | 'attachments'> & { picture?: Article['picture'] }

export type ProjectedText = {
  html: string
  body: ArticleRecord['body']
  attachments: ArticleContent['attachments']
  /** The picture that stands for the text in lists. */
  picture: Picture | undefined
  /** All files that the public form names. */
  files: StoredFile[]
}

/** Text, pictures and attachments of a working copy as the public gets them. Files of other sites are left out. */
export async function projectText(req: PayloadRequest, site: number, words: Words): Promise<ProjectedText> {
  const richText = words.body as unknown as RichText | null
  const inText = mediaInRichText(richText)
  const attachmentIds = (words.attachments ?? []).flatMap(({ file }) => relationId(file) ?? [])
  const pictureId = relationId(words.picture)
  const pictureIds = pictureId === null ? inText : [...inText, pictureId]
  const media = await readMedia(req, site, [...attachmentIds, ...pictureIds])
  const pictures = new Map([...media].flatMap(([id, medium]) => {
    const made = pictureOf(medium)
    return made ? [[id, made] as const] : []
  }))
  const { html, text, anchors } = renderRichText(richText, new Map([...pictures].map(([id, { picture }]) => [id, picture])))
  const attached = (words.attachments ?? []).flatMap(({ file, title }) => {
    const medium = media.get(relationId(file) ?? 0)
    const stored = medium && originalFile(medium)
    return stored ? [{ stored, title: title?.trim() || stored.name }] : []
  })
  return {
    html,
    body: { text, anchors },
    attachments: attached.map(({ stored: { storedAs: _, ...file }, title }) => ({ ...file, title })),
    picture: pictureId === null ? undefined : pictures.get(pictureId)?.picture,
    files: [...pictureIds.flatMap((id) => pictures.get(id)?.files ?? []), ...attached.map(({ stored }) => stored)],
  }
}
