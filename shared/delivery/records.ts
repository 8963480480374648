import { z } from 'zod'
import { standingSchema } from '../governance/site-lifecycle/standing.ts'
import { choicesSchema } from '../governance/templates/choices.ts'
import { DOCUMENT_KINDS, LETTER_KINDS, VALIDITIES } from '../publishing/kinds.ts'

/** An instant, ISO 8601 in UTC. */
const instant = z.iso.datetime({ offset: true })
/** A calendar date, `YYYY-MM-DD`. */
const date = z.iso.date()
const keysOf = <T extends Record<string, string>>(names: T) => z.enum(Object.keys(names) as [keyof T & string, ...(keyof T & string)[]])

export const documentKind = keysOf(DOCUMENT_KINDS)
export const collectionSchema = z.enum(['articles', 'policies', 'letters'])

/** One link of the chain of named responsibility, as the public sees it. */
export const chainLinkSchema = z.object({
  link: z.enum(['draft', 'first-review', 'second-review', 'final-review']),
  name: z.string().min(1),
  unit: z.string().min(1),
  at: instant,
})
export type ChainLink = z.infer<typeof chainLinkSchema>

/** Named-responsibility disclosure: who answers for a page, over which content. */
export const disclosureSchema = z.object({
  chain: z.array(chainLinkSchema).min(1),
  /** Algorithm-tagged digest of the JCS form of `content`, `sha256:…`: what the people in the chain signed. */
  digest: z.string().regex(/^sha256:[0-9a-f]{64}$/),
  /** Published first, reviewed later (先发后审); absent once the later review is complete. */
  emergency: z.object({ name: z.string(), unit: z.string(), at: instant, reason: z.string(), reviewDueAt: instant }).optional(),
  /** The document came in a migration batch (迁移批次) and was signed over the batch's manifest. */
  batch: z.object({ id: z.number().int(), name: z.string(), documents: z.number().int(), manifestDigest: z.string() }).optional(),
})
export type Disclosure = z.infer<typeof disclosureSchema>

/** A file by its content; its address is `/files/<hash>/<name>`. */
export const fileRefSchema = z.object({
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  name: z.string().min(1),
  mediaType: z.string(),
  bytes: z.number().int().nonnegative(),
})
export type FileRef = z.infer<typeof fileRefSchema>

export const attachmentSchema = fileRefSchema.extend({ title: z.string().min(1) })
export const pictureSchema = z.object({
  alt: z.string().min(1),
  caption: z.string().optional(),
  width: z.number().int(),
  height: z.number().int(),
  /** Focal point in percent of width and height. */
  focalX: z.number(),
  focalY: z.number(),
  /** Widest last. */
  sources: z.array(fileRefSchema.extend({ width: z.number().int(), height: z.number().int() })).min(1),
})
export type Picture = z.infer<typeof pictureSchema>

/** A heading or article of the text that can be linked: `#第三条` or `#h-2`. */
export const anchorSchema = z.object({ id: z.string(), level: z.number().int(), text: z.string() })
export type Anchor = z.infer<typeof anchorSchema>

/** Rich text in its finished public form. `html` is made from known nodes only, every text escaped. */
export const bodySchema = z.object({ html: z.string(), text: z.string(), anchors: z.array(anchorSchema) })
export type Body = z.infer<typeof bodySchema>

/**
 * What people sign: no times of the chain, no links, nothing derived. `text` of the body and its anchors follow from the html,
 * so only the html is here.
 */
export const articleContentSchema = z.object({
  title: z.string().min(1),
  subtitle: z.string().optional(),
  summary: z.string(),
  keywords: z.array(z.string()),
  html: z.string(),
  origin: z.discriminatedUnion('type', [
    z.object({ type: z.literal('original') }),
    z.object({ type: z.literal('repost'), source: z.string(), url: z.string().optional() }),
  ]),
  picture: pictureSchema.optional(),
  attachments: z.array(attachmentSchema),
})
export type ArticleContent = z.infer<typeof articleContentSchema>

export const policyContentSchema = z.object({
  title: z.string().min(1),
  summary: z.string(),
  keywords: z.array(z.string()),
  html: z.string(),
  indexNumber: z.string(),
  documentNumber: z.string().optional(),
  issuer: z.string().optional(),
  subject: z.string(),
  genre: z.string(),
  validity: keysOf(VALIDITIES),
  /** 成文日期 and 施行日期: the document's own dates, never the release time. */
  issuedOn: date.optional(),
  effectiveOn: date.optional(),
  repealedOn: date.optional(),
  /** Where the text applies, when it is not the site's own division: 上海. */
  applicability: z.string().optional(),
  history: z.array(z.string()),
  attachments: z.array(attachmentSchema),
})
export type PolicyContent = z.infer<typeof policyContentSchema>

export const letterContentSchema = z.object({
  title: z.string().min(1),
  letterKind: keysOf(LETTER_KINDS),
  /** Masked: 王*, 欧*华. */
  sender: z.string(),
  question: z.string(),
  answer: z.string(),
  receivedOn: date,
  answeredBy: z.string(),
})
export type LetterContent = z.infer<typeof letterContentSchema>

const commonRecord = {
  id: z.number().int().positive(),
  site: z.string(),
  kind: documentKind,
  column: z.object({ key: z.string(), name: z.string() }),
  disclosure: disclosureSchema,
  /** The release time and nothing else. */
  publishedAt: instant,
  corrections: z.array(z.object({ at: instant, reason: z.string(), name: z.string(), unit: z.string() })),
  body: bodySchema.omit({ html: true }),
}

/** The finished, masked, public form of a document: all that a portal can ever get. */
export const documentRecordSchema = z.discriminatedUnion('collection', [
  z.object({ collection: z.literal('articles'), ...commonRecord, content: articleContentSchema }),
  z.object({ collection: z.literal('policies'), ...commonRecord, content: policyContentSchema, sourceId: z.string().optional() }),
  z.object({ collection: z.literal('letters'), ...commonRecord, content: letterContentSchema }),
])
export type DocumentRecord = z.infer<typeof documentRecordSchema>
export type ArticleRecord = Extract<DocumentRecord, { collection: 'articles' }>
export type PolicyRecord = Extract<DocumentRecord, { collection: 'policies' }>
export type LetterRecord = Extract<DocumentRecord, { collection: 'letters' }>

/** What stays of a withdrawn document: a stored 410 page with reason, names and time. */
export const tombstoneSchema = z.object({
  collection: collectionSchema,
  id: z.number().int(),
  site: z.string(),
  column: z.object({ key: z.string(), name: z.string() }),
  title: z.string(),
  publishedAt: instant,
  withdrawnAt: instant,
  reason: z.string(),
  name: z.string(),
  unit: z.string(),
})
export type Tombstone = z.infer<typeof tombstoneSchema>

/** A line in a list: enough to show, link and date a document. */
export const entrySchema = z.object({
  collection: collectionSchema,
  id: z.number().int(),
  kind: documentKind,
  site: z.string(),
  columnKey: z.string(),
  /** Site whose list the line stands in, where another site wrote the document: it is read there at an address of its own. */
  placedOn: z.string().optional(),
  title: z.string(),
  summary: z.string(),
  publishedAt: instant,
  drafter: z.object({ name: z.string(), unit: z.string() }).optional(),
  approver: z.object({ name: z.string(), unit: z.string() }).optional(),
  isRepost: z.boolean().optional(),
  picture: pictureSchema.optional(),
  documentNumber: z.string().optional(),
  issuer: z.string().optional(),
  issuedOn: date.optional(),
  validity: keysOf(VALIDITIES).optional(),
  letterKind: keysOf(LETTER_KINDS).optional(),
})
export type Entry = z.infer<typeof entrySchema>

/** How a document stands on a site that did not write it. */
export const placementSchema = z.object({
  /** The showing site's own column. */
  column: z.object({ key: z.string(), name: z.string() }),
  mode: z.enum(['mandatory', 'offered', 'adopted']),
})
export type Placement = z.infer<typeof placementSchema>

export const columnRecordSchema = z.object({
  key: z.string(),
  name: z.string(),
  description: z.string(),
  kind: documentKind,
  isMandated: z.boolean(),
})
export type ColumnRecord = z.infer<typeof columnRecordSchema>

/** What an office chose within its template release, as the public form has it: the picture resolved. */
export const siteChoicesSchema = choicesSchema.omit({ heroPicture: true }).extend({ heroPicture: pictureSchema.optional() })
export type SiteChoices = z.infer<typeof siteChoicesSchema>

/** A site as the public sees it, its navigation and footer included. */
export const siteRecordSchema = z.object({
  slug: z.string(),
  name: z.string(),
  office: z.string(),
  division: z.string(),
  divisionCode: z.string(),
  level: z.enum(['province', 'city', 'county']),
  region: z.enum(['sunan', 'suzhong', 'subei']).nullable(),
  parent: z.string().nullable(),
  /** Own host name beside the cluster's pattern. */
  domain: z.string().optional(),
  /** Absent while the site is simply open. */
  standing: standingSchema.optional(),
  /** Template release id, `standard-1`. */
  release: z.string(),
  choices: siteChoicesSchema.default({ order: [], hidden: [], accent: null, links: [] }),
  columns: z.array(columnRecordSchema),
  footer: z.object({
    sponsor: z.string(),
    address: z.string().optional(),
    phone: z.string().optional(),
    email: z.string().optional(),
    siteIdCode: z.string().optional(),
    icpRecord: z.string().optional(),
    publicSecurityRecord: z.string().optional(),
    /** Page of the party-and-government-organ mark (党政机关网站标识), where the office is entitled to it. */
    organMarkUrl: z.string().optional(),
  }),
})
export type SiteRecord = z.infer<typeof siteRecordSchema>

export const siteSummarySchema = siteRecordSchema.pick({
  slug: true, name: true, office: true, division: true, divisionCode: true, level: true, region: true, parent: true, domain: true,
  standing: true,
})
export type SiteSummary = z.infer<typeof siteSummarySchema>

/** Where a letter stands, for whoever holds its query code. Holds nothing that names the sender. */
export const letterStatusSchema = z.object({
  site: z.string(),
  kind: keysOf(LETTER_KINDS),
  title: z.string(),
  steps: z.array(z.object({
    step: z.enum(['received', 'in-hand', 'under-review', 'answered', 'published']),
    at: instant,
  })).min(1),
  dueAt: instant,
  answer: z.string().optional(),
  answeredBy: z.string().optional(),
  /** Address of the published letter, where the sender agreed. */
  publishedPath: z.string().optional(),
})
export type LetterStatus = z.infer<typeof letterStatusSchema>
