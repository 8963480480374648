import { z } from 'zod'
import { LETTER_KINDS } from '../publishing/kinds.ts'
import { documentRecordSchema, siteChoicesSchema } from './records.ts'

/**
 * What a portal asks of the CMS itself (never of a page in the store), with the header `x-intake-key`:
 *   POST /api/intake/letters   letterSubmission → 201 { code } or 422 { errors: [{ code, message, path }] }
 *   POST /api/intake/preview   { token } → previewAnswer, 403 when the token is not valid any more
 *   POST /api/intake/portals   portalNote → 204: the portal is there, and has applied the change feed up to `seq`
 */
export const LETTER_LIMITS = { name: 30, contact: 60, title: 60, text: 2000 } as const

/** No database keeps a NUL, and half a surrogate pair is no character. */
const KEPT = /^[^\u0000\p{Surrogate}]*$/u
const line = (limit: number) => z.string().trim().min(1).max(limit).regex(KEPT)
export const letterSubmissionSchema = z.object({
  site: z.string().regex(/^[a-z-]{1,60}$/),
  kind: z.enum(Object.keys(LETTER_KINDS) as [keyof typeof LETTER_KINDS, ...(keyof typeof LETTER_KINDS)[]]),
  name: line(LETTER_LIMITS.name),
  /** Telephone or e-mail; seen by the office only. */
  contact: line(LETTER_LIMITS.contact),
  title: line(LETTER_LIMITS.title),
  text: z.string().trim().min(5).max(LETTER_LIMITS.text).regex(KEPT),
  mayPublish: z.boolean(),
  /** The page an error report speaks of. */
  about: z.string().max(300).regex(KEPT).optional(),
})
export type LetterSubmission = z.infer<typeof letterSubmissionSchema>

/** What a portal process says of itself every ten seconds, and after each purge once the pages are gone from memory and disk. */
export const portalNoteSchema = z.object({
  id: z.string().regex(/^[A-Za-z0-9.:_-]{1,120}$/),
  host: z.string().min(1).max(100),
  startedAt: z.iso.datetime(),
  seq: z.number().int().nonnegative(),
  status: z.string().max(40),
  pages: z.number().int().nonnegative(),
  bytes: z.number().int().nonnegative(),
})
export type PortalNote = z.infer<typeof portalNoteSchema>

export const letterReceiptSchema = z.object({ code: z.string() })
const webOrigin = z.string().regex(/^https?:\/\/[a-z0-9.-]+(:\d{1,5})?$/)
/** A document, or a site's home page under choices that nobody has published yet, and who may show it in a frame. */
export const previewAnswerSchema = z.union([
  z.object({ record: documentRecordSchema }),
  z.object({
    home: z.object({ site: z.string(), choices: siteChoicesSchema }),
    framedBy: z.array(webOrigin).min(1).max(4),
    /** Files that the page names and nobody gets yet: the address on the page, and what stands in for it. */
    files: z.array(z.object({ path: z.string().startsWith('/files/'), data: z.string().max(6_000_000).regex(/^data:image\/(?:png|jpeg|webp|gif);base64,[A-Za-z0-9+/=]+$/) })).max(1),
  }),
])
export type PreviewAnswer = z.infer<typeof previewAnswerSchema>
export const refusalAnswerSchema = z.object({
  errors: z.array(z.object({ message: z.string(), code: z.string().optional(), path: z.string().optional() })),
})
