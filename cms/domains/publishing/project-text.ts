import type { PayloadRequest } from 'payload'
import type { ArticleContent, ArticleRecord, Picture } from '@cluster/shared/delivery/records'
import { type Issue, refusal } from '@cluster/shared/issue'
import { readRichText } from '@cluster/shared/publishing/clean-rich-text'
import { mediaInRichText, relationId, renderRichText } from '@cluster/shared/publishing/rich-text'
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
  /** Files that the text names and that cannot be published with it: its author would miss them on the page. */
  issues: Issue[]
}

/**
 * Text, pictures and attachments of a working copy as the public gets them. The text is cleaned once more, whatever way it came into the
 * row. Files of other sites are left out, and named in `issues`.
 */
export async function projectText(req: PayloadRequest, site: number, words: Words): Promise<ProjectedText> {
  const richText = readRichText(words.body)
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
  const isMissing = (id: number | null, isPicture: boolean) => id !== null && !(isPicture ? pictures.has(id) : media.has(id))
  const issues = [
    ...(words.attachments ?? []).flatMap(({ file, title }, index) =>
      (isMissing(relationId(file), false) ? [unusable(`第 ${index + 1} 个附件${title?.trim() ? `“${title.trim()}”` : ''}`, `attachments.${index}.file`)] : [])),
    ...(isMissing(pictureId, true) ? [unusable('题图', 'picture')] : []),
    ...(inText.some((id) => isMissing(id, true)) ? [unusable('正文里的图片', 'body')] : []),
  ]
  return {
    html,
    issues,
    body: { text, anchors },
    attachments: attached.map(({ stored: { storedAs: _, ...file }, title }) => ({ ...file, title })),
    picture: pictureId === null ? undefined : pictures.get(pictureId)?.picture,
    files: [...pictureIds.flatMap((id) => pictures.get(id)?.files ?? []), ...attached.map(({ stored }) => stored)],
  }
}

const unusable = (what: string, path: string) => refusal('file-unusable',
  `${what}不能随本文公开：它不是本站点的文件，或不是有替代文字的图片。请在本站点重新上传，再换上。`, path)
