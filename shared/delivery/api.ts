import { z } from 'zod'
import {
  columnRecordSchema, documentRecordSchema, entrySchema, letterStatusSchema, placementSchema, siteRecordSchema, siteSummarySchema, tombstoneSchema,
} from './records.ts'

/**
 * The delivery server's answers, parsed by the portal. Paths, all GET:
 *   /v1/directory · /v1/sites/:site · /v1/sites/:site/home · /v1/sites/:site/columns/:key?page= ·
 *   /v1/sites/:site/documents/:collection/:id · /v1/sites/:site/latest?limit= · /v1/sites/:site/addresses ·
 *   /v1/search?… (searchAnswerSchema) · /v1/letters/:codeHash · /v1/files/:hash/:name (bytes) ·
 *   /v1/feed?after=seq (server-sent events: id = seq, data = feedEvent) · /v1/feed/since?after=seq (feedSliceSchema)
 * Unknown things answer 404 `{ error: { code, message } }`; parameters that cannot be meant 400, a database out of reach 503.
 *
 * A follower whose `after` lies beyond the feed's end knows another database's past (one restored from a back-up): the stream sends
 * it an event with `reset: true`, a slice says the same. It drops everything that it keeps and goes on from the number given.
 */
export const COLUMN_PAGE_SIZE = 20

export const directoryAnswerSchema = z.object({ sites: z.array(siteSummarySchema) })
export const siteAnswerSchema = siteRecordSchema

const policyEntrySchema = entrySchema.extend({ interpretations: z.array(entrySchema) })
export const homeAnswerSchema = z.object({
  /** Newest entries per column key; a column without anything is absent. */
  columns: z.record(z.string(), z.array(entrySchema)),
  policies: z.array(policyEntrySchema),
  /** Null where the site has received none yet. */
  letters: z.object({
    received: z.number().int(),
    answered: z.number().int(),
    /** Median time from receipt to answer, in hours of working days. */
    medianHours: z.number().nullable(),
    answeredInTime: z.number().int(),
  }).nullable(),
  /** Published documents on this site, and on the sites below it. */
  documents: z.object({ own: z.number().int(), subtree: z.number().int() }),
  /** Newest entries of the sites below (a province's cities and counties, a city's counties). */
  subtree: z.array(entrySchema),
})
export type HomeAnswer = z.infer<typeof homeAnswerSchema>

export const columnAnswerSchema = z.object({
  column: columnRecordSchema,
  entries: z.array(entrySchema),
  total: z.number().int(),
  page: z.number().int(),
  pages: z.number().int(),
})
export type ColumnAnswer = z.infer<typeof columnAnswerSchema>

export const documentAnswerSchema = z.discriminatedUnion('state', [
  z.object({
    state: z.literal('published'),
    record: documentRecordSchema,
    /** interpretations of a policy, or the policies that an interpretation explains */
    related: z.array(entrySchema),
    /** Other documents of the same title on the site, newest first; the first of all of them is the current one. */
    sameTitle: z.array(entrySchema),
    isCurrent: z.boolean(),
    titleKey: z.string(),
    /** Its neighbours in the column: the one published before, and the one published after it. */
    previous: entrySchema.nullable(),
    next: entrySchema.nullable(),
    /** Absent on the site that wrote it. */
    placement: placementSchema.optional(),
  }),
  z.object({ state: z.literal('withdrawn'), tombstone: tombstoneSchema, placement: placementSchema.pick({ column: true }).optional() }),
])
export type DocumentAnswer = z.infer<typeof documentAnswerSchema>

export const latestAnswerSchema = z.object({ entries: z.array(entrySchema) })
export const addressesAnswerSchema = z.object({
  documents: z.array(z.object({ path: z.string(), changedAt: z.iso.datetime({ offset: true }) })),
  columns: z.array(z.object({ key: z.string(), total: z.number().int(), changedAt: z.iso.datetime({ offset: true }).nullable() })),
})
export const letterStatusAnswerSchema = letterStatusSchema

export const feedEventSchema = z.object({ seq: z.number().int(), tags: z.array(z.string()), reset: z.boolean().optional() })
/** `last` is the feed's end; a slice may stop before it, and the next one goes on. */
export const feedSliceSchema = z.object({ events: z.array(feedEventSchema), last: z.number().int(), reset: z.boolean().optional() })
export type FeedEvent = z.infer<typeof feedEventSchema>
export type FeedSlice = z.infer<typeof feedSliceSchema>
