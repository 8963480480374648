import { z } from 'zod'
import { documentRecordSchema, siteRecordSchema } from '@cluster/shared/delivery/records'
import { ACTION_CODES, STATE_CODES } from '@cluster/shared/publishing/states'

const instant = z.iso.datetime({ offset: true })
const person = { name: z.string(), unit: z.string() }

/** One link of the chain of named responsibility, as it was signed; `voided` when a later change took its force. */
export const signOffSchema = z.object({
  link: z.enum(['draft', 'first-review', 'second-review', 'final-review']), ...person, at: instant,
  version: z.number().int(), digest: z.string(), isEmergency: z.boolean(), reason: z.string().nullable(),
  voided: z.object({ at: instant, cause: z.string() }).nullable(),
})

export const transitionSchema = z.object({
  action: z.enum(ACTION_CODES), from: z.enum(STATE_CODES), to: z.enum(STATE_CODES), reason: z.string().nullable(), ...person, at: instant,
})

/** `documents/<collection>/<id>.json`: an article or a policy document, whatever its state. */
export const exportedDocumentSchema = z.object({
  collection: z.enum(['articles', 'policies']),
  id: z.number().int(),
  title: z.string(),
  state: z.enum(STATE_CODES),
  version: z.number().int(),
  column: z.object({ key: z.string(), name: z.string() }).nullable(),
  createdAt: instant, updatedAt: instant, publishedAt: instant.nullable(),
  /** The collection's own fields: summary, keywords, document number, dates and so on. */
  metadata: z.record(z.string(), z.unknown()),
  html: z.string().describe('工作稿正文，HTML'),
  text: z.string().describe('工作稿正文，纯文本'),
  attachments: z.array(z.object({ title: z.string(), file: z.string() })),
  signOffs: z.array(signOffSchema),
  transitions: z.array(transitionSchema),
  /** What the public sees now; null while it is not public. */
  published: documentRecordSchema.nullable(),
})
export type ExportedDocument = z.infer<typeof exportedDocumentSchema>

/** `versions/<collection>/<id>.json`: every saved text of a document, the oldest first. */
export const versionsSchema = z.array(z.object({
  version: z.number().int(), savedBy: z.string(), at: instant,
  isRefused: z.boolean().describe('保存时与他人冲突、没有成为正式版本的文本'),
  snapshot: z.record(z.string(), z.unknown()),
}))

/** `letters/<id>.json`: a letter that was answered and made public, with its sender's name masked. */
export const exportedLetterSchema = documentRecordSchema.options[2]

/** `media.json`: every picture and attachment of the site. */
export const mediaListSchema = z.array(z.object({
  id: z.number().int(), file: z.string(), mediaType: z.string(), bytes: z.number().int(),
  sha256: z.string().nullable(), alt: z.string().nullable(), caption: z.string().nullable(),
}))

/** `manifest.json`: every file of the export but itself. */
export const exportManifestSchema = z.object({
  format: z.literal(1), product: z.string(), exportedAt: instant, site: z.string(),
  counts: z.object({ articles: z.number().int(), policies: z.number().int(), letters: z.number().int(), files: z.number().int() }),
  missingFiles: z.array(z.string()),
  files: z.array(z.object({ path: z.string(), bytes: z.number().int(), sha256: z.string() })),
})
export type ExportManifest = z.infer<typeof exportManifestSchema>

const SCHEMAS = {
  site: siteRecordSchema, document: exportedDocumentSchema, versions: versionsSchema, letter: exportedLetterSchema,
  media: mediaListSchema, manifest: exportManifestSchema,
}

/** The same as JSON Schema (2020-12), for whoever takes the export in. */
export function jsonSchemas(): Array<{ name: string, schema: unknown }> {
  return Object.entries(SCHEMAS).map(([name, schema]) => ({ name, schema: z.toJSONSchema(schema) }))
}
