import { escapeHtml, relationId, type RichText } from '@cluster/shared/publishing/rich-text'
import type { DocumentRecord } from '@cluster/shared/delivery/records'
import { LINK_LABELS, STATES } from '@cluster/shared/publishing/states'
import type { Article, Policy } from '../payload-types.ts'
import type { ExportedMedia } from './export-site.ts'
import { type ExportedDocument, exportedDocumentSchema } from './formats.ts'
import type { History } from './history.ts'
import { richTextToMarkdown } from './rich-text-to-markdown.ts'

/** Said elsewhere in the file, or of no use outside this system. */
const NOT_METADATA = [
  'id', 'title', 'body', 'attachments', 'site', 'column', 'state', 'version', 'isLive', 'publishedAt', 'createdAt', 'updatedAt',
  'author', 'waitingSince', 'batch',
]
/** From `documents/articles/12.html` to the files beside the folder. */
const FILES = '../../files/'

export type DocumentParts = History & {
  collection: 'articles' | 'policies'
  document: Article | Policy
  column: { key: string, name: string } | null
  html: string
  text: string
  richText: RichText | null
  media: ExportedMedia
  published: DocumentRecord | null
}

/** A document as three files: JSON for programs, HTML and Markdown for people. */
export function documentFiles(parts: DocumentParts): Array<{ path: string, content: string }> {
  const exported = describe(parts)
  const path = `documents/${parts.collection}/${parts.document.id}`
  return [
    { path: `${path}.json`, content: `${JSON.stringify(exported, null, 2)}\n` },
    { path: `${path}.html`, content: page(exported) },
    { path: `${path}.md`, content: markdown(exported, parts) },
  ]
}

function describe({ collection, document, column, html, text, media, signOffs, transitions, published }: DocumentParts): ExportedDocument {
  const metadata = Object.fromEntries(Object.entries(document)
    .filter(([field, value]) => !NOT_METADATA.includes(field) && value !== null && value !== undefined))
  return exportedDocumentSchema.parse({
    collection, id: document.id, title: document.title, state: document.state, version: document.version, column,
    createdAt: document.createdAt, updatedAt: document.updatedAt, publishedAt: document.publishedAt ?? null,
    metadata, html: withLocalFiles(html), text,
    attachments: (document.attachments ?? []).flatMap(({ file, title }) => {
      const medium = media.get(relationId(file) ?? 0)
      return medium ? [{ title: title?.trim() || medium.name, file: `files/${medium.name}` }] : []
    }),
    signOffs, transitions, published,
  })
}

/** The public addresses of files, as paths within the export. */
function withLocalFiles(html: string): string {
  return html.replace(/\/files\/[0-9a-f]{64}\//g, FILES)
}

function factsOf({ state, column, signOffs, publishedAt }: ExportedDocument): Array<[string, string]> {
  const signed = signOffs.filter(({ voided }) => voided === null).map(({ link, name, unit }) => `${LINK_LABELS[link]} ${name}（${unit}）`)
  return [
    ['状态', STATES[state]], ['栏目', column?.name ?? '未选'], ['发布时间', publishedAt ?? '未发布'],
    ...(signed.length > 0 ? [['签批', signed.join('，')] as [string, string]] : []),
  ]
}

function page(exported: ExportedDocument): string {
  const facts = factsOf(exported).map(([name, value]) => `<dt>${name}</dt><dd>${escapeHtml(value)}</dd>`).join('')
  const attachments = exported.attachments.map(({ title, file }) => `<li><a href="../../${encodeURI(file)}">${escapeHtml(title)}</a></li>`).join('')
  return [
    `<!doctype html>\n<html lang="zh-CN"><head><meta charset="utf-8"><title>${escapeHtml(exported.title)}</title></head><body>`,
    `<h1>${escapeHtml(exported.title)}</h1><dl>${facts}</dl>`, exported.html,
    attachments ? `<h2>附件</h2><ul>${attachments}</ul>` : '', '</body></html>\n',
  ].join('\n')
}

function markdown(exported: ExportedDocument, { richText, media }: DocumentParts): string {
  const namePicture = (id: number) => {
    const medium = media.get(id)
    return medium ? { alt: medium.alt ?? '', path: FILES + medium.name } : null
  }
  return [
    `# ${exported.title.replaceAll('\n', ' ')}`,
    factsOf(exported).map(([name, value]) => `- ${name}：${value}`).join('\n'),
    richTextToMarkdown(richText, namePicture).trimEnd(),
    ...(exported.attachments.length > 0
      ? ['## 附件', exported.attachments.map(({ title, file }) => `- [${title}](<../../${file}>)`).join('\n')] : []),
  ].filter((part) => part !== '').join('\n\n').concat('\n')
}
