import { z } from 'zod'
import { collectionSchema, documentKind } from './records.ts'

/** What the search engine holds of a document: public fields only, taken from its delivery record. */
export const searchRecordSchema = z.object({
  /** `articles-12`: the engine allows letters, digits, - and _ only. */
  id: z.string(),
  collection: collectionSchema,
  documentId: z.number().int(),
  sourceId: z.string().optional(),
  title: z.string(),
  summary: z.string(),
  text: z.string(),
  keywords: z.array(z.string()),
  documentNumber: z.string().optional(),
  site: z.string(),
  siteName: z.string(),
  /** All sites that it stands on, the one that wrote it first. */
  sites: z.array(z.string()),
  /** Slug of the prefecture-level city that the site is or belongs to. */
  city: z.string().optional(),
  kind: documentKind,
  year: z.number().int(),
  issuer: z.string().optional(),
  validity: z.string().optional(),
  /** Release time, seconds since 1970. */
  publishedAt: z.number().int(),
})
export type SearchRecord = z.infer<typeof searchRecordSchema>

export const SEARCH_FACETS = ['site', 'city', 'kind', 'year', 'issuer', 'validity'] as const
export type SearchFacet = (typeof SEARCH_FACETS)[number]
export const SEARCH_PAGE_SIZE = 10
/** Nobody types more; anything longer is cut, and the page says so. */
export const SEARCH_QUERY_LIMIT = 200
/** Deeper pages cost the engine more and nobody reads them. */
export const SEARCH_PAGE_LIMIT = 100

export const searchQuerySchema = z.object({
  q: z.string().default('').transform((value) => value.replace(/[\p{Cc}\p{Cf}]+/gu, ' ').trim().slice(0, SEARCH_QUERY_LIMIT)),
  site: z.string().regex(/^[a-z-]{1,60}$/).optional(),
  city: z.string().regex(/^[a-z-]{1,60}$/).optional(),
  kind: documentKind.optional(),
  year: z.coerce.number().int().min(1900).max(2999).optional(),
  issuer: z.string().max(100).regex(/^[^\p{Cc}\p{Surrogate}]*$/u).optional(),
  validity: z.string().regex(/^[a-z-]{1,20}$/).optional(),
  page: z.coerce.number().int().min(1).max(SEARCH_PAGE_LIMIT).default(1),
})
export type SearchQuery = z.infer<typeof searchQuerySchema>

/** Text with the words that matched, as parts: no markup travels. */
export const highlightSchema = z.array(z.object({ text: z.string(), isMatch: z.boolean() }))
export type Highlight = z.infer<typeof highlightSchema>

export const searchHitSchema = z.object({
  collection: collectionSchema,
  id: z.number().int(),
  sourceId: z.string().optional(),
  kind: documentKind,
  site: z.string(),
  siteName: z.string(),
  /** The site that was asked for, where it shows what another wrote. */
  placedOn: z.string().optional(),
  title: z.string(),
  titleParts: highlightSchema,
  snippetParts: highlightSchema,
  publishedAt: z.iso.datetime(),
  documentNumber: z.string().optional(),
  issuer: z.string().optional(),
  validity: z.string().optional(),
})
export type SearchHit = z.infer<typeof searchHitSchema>

export const searchAnswerSchema = z.object({
  hits: z.array(searchHitSchema),
  total: z.number().int(),
  page: z.number().int(),
  pages: z.number().int(),
  /** Value → count, per facet; empty when degraded. */
  facets: z.record(z.string(), z.record(z.string(), z.number().int())),
  /** True when the search engine did not answer and PostgreSQL did. */
  degraded: z.boolean(),
})
export type SearchAnswer = z.infer<typeof searchAnswerSchema>
