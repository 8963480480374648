/** What a render gives back, before anybody decides whether to keep it. */
export type RenderedPage = {
  status: number
  contentType: string
  body: Buffer
  /** What the page shows: a change to any of it purges the page. */
  tags: readonly string[]
  /**
   * Milliseconds since 1970 from which the page says something else (a countdown, an entry into force); `null`: never
   * by itself.
   */
  freshUntil: number | null
  /** False for what belongs to one reader or is not there: search, look-ups, previews, 404s, errors. */
  isStorable: boolean
  /** Origins that may show the page in a frame; absent: nobody. Such a page is never stored. */
  framedBy?: readonly string[] | undefined
}

/** The three forms in which a page is sent; a compressed form that saves nothing is not there. */
export type Bodies = { identity: Buffer; gzip: Buffer | null; br: Buffer | null }
export type Encoding = keyof Bodies

/** What the store knows of a page without reading it. */
export type PageFacts = {
  host: string
  path: string
  status: number
  contentType: string
  tags: readonly string[]
  /** Digest of the body; each encoding's entity tag is made from it. */
  digest: string
  freshUntil: number | null
  storedAt: number
  /** The change feed's number that the portal had seen when the page was rendered. */
  seq: number
}

export type StoredPage = PageFacts & {
  /** `null` when only the disk has them. */
  bodies: Bodies | null
  /** When a reader last asked, to the second; 0 when nobody has since the start. */
  requestedAt: number
  /** Counted against the memory limit. */
  bytes: number
  /** Made once, used for every answer; see `answerHead`. */
  heads: Partial<Record<Encoding, string[]>>
}
